import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Another program for the children than the one that reads single files, and what it is to know before its first task. */
export type ChildProgram = { childFile?: string; know?: unknown };

/** A program to fork: its file and the words Node needs before it. */
export type Program = { file: string; execArgv: string[] };

/** The file `name` beside the module of this URL: a `.ts` in development and tests, a `.js` once bundled. */
export function besideModule(name: string, moduleUrl: string): string {
  return fileURLToPath(new URL(`${name}${extname(fileURLToPath(moduleUrl))}`, moduleUrl));
}

/**
 * The program of a child: TypeScript through tsx in development and tests, plain JavaScript once bundled, where
 * it lies beside the bundle's parts (scripts/build.mjs); so the ending comes from this very module.
 *
 * @param file another program than the reader's own, for tests
 */
export function childProgram(file?: string): Program {
  const program = file ?? besideModule('child', import.meta.url);
  if (extname(program) !== '.ts') return { file: program, execArgv: [] };
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return { file: program, execArgv: ['--import', tsx] };
}
