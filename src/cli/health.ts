import { type Health, readHealth } from '../office/health.ts';
import { inspectSettings } from '../settings.ts';
import { readWords } from './arguments.ts';

const lingeringMs = 500;

/**
 * `shouli health`: one line, for a supervisor. Exit code 0 while an office works and fetches its mail in time, else 1:
 * also for settings that cannot be read, because Docker keeps 2 for itself.
 */
export async function healthCommand(given: string[]): Promise<number> {
  readWords(given, {});
  const { ok, said } = await healthHere();
  console.log(said);
  const code = ok ? 0 : 1;
  setTimeout(() => process.exit(code), lingeringMs).unref(); // a database that hangs would hold us on its line
  return code;
}

async function healthHere(): Promise<Health> {
  const { settings, mistakes } = inspectSettings();
  const [mistake] = mistakes;
  return mistake ? { ok: false, said: `不正常：设置有误。${mistake.text}` } : readHealth(settings);
}
