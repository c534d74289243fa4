import { readHealth } from '../office/health.ts';
import { readSettings } from '../settings.ts';
import { readWords } from './arguments.ts';

const lingeringMs = 500;

/** `shouli health`: one line, for a supervisor. Exit code 0 while an office works and fetches its mail in time, else 1. */
export async function healthCommand(given: string[]): Promise<number> {
  readWords(given, {});
  const { ok, said } = await readHealth(readSettings());
  console.log(said);
  const code = ok ? 0 : 1;
  setTimeout(() => process.exit(code), lingeringMs).unref(); // a database that hangs would hold us on its line
  return code;
}
