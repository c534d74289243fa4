// `npm test`: installs what is missing, then types, lint, build and all tests; ends with `N passed, N failed, N skipped`.
// `npm run test:long`: the journeys of test/long, minutes each.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, install, root, runNode } from './setup.mjs';

install();
runNode(['node_modules/@biomejs/biome/bin/biome', 'check', '--colors=off']);
runNode(['node_modules/typescript/bin/tsc', '--noEmit']);
build();

const scratch = mkdtempSync(join(tmpdir(), 'shouli-test-'));
const report = join(scratch, 'report.json');
const jest = [
  '--experimental-vm-modules',
  '--no-warnings',
  'node_modules/jest/bin/jest.js',
  '--json',
  `--outputFile=${report}`,
];
const isLong = process.argv.includes('--long');
const words = isLong
  ? ['test/long', ...process.argv.slice(2).filter((word) => word !== '--long')]
  : process.argv.slice(2);
const { status } = spawnSync(process.execPath, [...jest, ...words], {
  cwd: root,
  env: isLong ? { ...process.env, LONG_TESTS: '1' } : process.env,
  stdio: ['ignore', 'ignore', 'inherit'],
});
const counts = readCounts();
rmSync(scratch, { recursive: true });
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = status === 0 && counts.failed === 0 && counts.passed > 0 ? 0 : 1;

/** A test file that does not even load counts as one failed test: Jest itself counts it as none. */
function readCounts() {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const unloaded = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return { passed: numPassedTests, failed: numFailedTests + unloaded, skipped: numPendingTests + numTodoTests };
}
