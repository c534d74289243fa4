import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A program to fork: its file and the words Node needs before it. */
export type Program = { file: string; execArgv: string[] };

/**
 * The program of a child: TypeScript through tsx in development and tests, plain JavaScript once compiled. `tsc` leaves
 * a `new URL('child.ts', …)` as it is, so the ending comes from this very module.
 *
 * @param file another program than the reader's own, for tests
 */
export function childProgram(file?: string): Program {
  const here = fileURLToPath(import.meta.url);
  const program = file ?? fileURLToPath(new URL(`./child${extname(here)}`, import.meta.url));
  if (extname(program) !== '.ts') return { file: program, execArgv: [] };
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return { file: program, execArgv: ['--import', tsx] };
}
