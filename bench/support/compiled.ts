import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Bundles a program or module as `npm run build` does the office's own, its children beside it. @returns the file */
export function compiled(file: string): string {
  execFileSync(process.execPath, ['scripts/build.mjs', file]);
  return fileURLToPath(new URL(`../../dist/bench/${basename(file, '.ts')}.js`, import.meta.url));
}
