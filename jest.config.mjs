/** Jest runs the TypeScript as it stands: swc only strips the types, so a test sees the very module the program runs. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
  // Journeys through kills, outages, full disks and the review desk take minutes: `npm run test:long`, which CI runs as well.
  testPathIgnorePatterns: process.env.LONG_TESTS ? [] : ['<rootDir>/test/long/'],
  testTimeout: 30_000,
  maxWorkers: 2,
};
