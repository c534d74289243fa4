import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Diagnosis, diagnose, tests } from '../../src/office/doctor/index.ts';
import { inspectSettings } from '../../src/settings.ts';

/** A folder of its own, as the office has one with its `.env`. */
export const officeFolder = () => mkdtempSync(join(tmpdir(), 'shouli-doctor-'));

export type Visit = { found: Record<string, Diagnosis>; troubles: string[]; everything: string };

/**
 * What the doctor finds under these settings.
 *
 * @param asked names of tests; all when none is named
 * @returns what each found by its name; the names of those not fine, in brackets where another stands in their way
 */
export async function visit(
  given: NodeJS.Dict<string>,
  folder: string,
  asked: readonly string[] = [],
  isDeep = false,
): Promise<Visit> {
  const environment = { DATA_DIR: join(folder, 'data'), CONSOLE_PORT: '0', ...given };
  const chosen = tests.filter(({ name }) => asked.length === 0 || asked.includes(name));
  const list = await diagnose(inspectSettings(environment, folder), { isDeep }, chosen);
  return {
    found: Object.fromEntries(list.map((one) => [one.name, one])),
    troubles: list.flatMap(({ name, ok, isBlocked }) => (ok ? [] : [isBlocked ? `(${name})` : name])),
    everything: JSON.stringify(list),
  };
}
