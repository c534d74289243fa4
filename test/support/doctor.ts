import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Diagnosis, diagnose } from '../../src/office/doctor/index.ts';
import { inspectSettings } from '../../src/settings.ts';

/** A folder of its own, as the office has one with its `.env`. */
export const officeFolder = () => mkdtempSync(join(tmpdir(), 'shouli-doctor-'));

/** What the doctor finds under these settings, by the name of the test. */
export async function visit(
  given: NodeJS.Dict<string>,
  folder: string,
  isDeep = false,
): Promise<Record<string, Diagnosis>> {
  const found = await diagnose(
    inspectSettings({ DATA_DIR: join(folder, 'data'), CONSOLE_PORT: '0', ...given }, folder),
    {
      isDeep,
    },
  );
  return Object.fromEntries(found.map((one) => [one.name, one]));
}

/** `name: seen` of everything that is not as it should be. */
export const troubles = (found: Record<string, Diagnosis>) =>
  Object.values(found).flatMap(({ name, ok, isBlocked }) => (ok ? [] : [isBlocked ? `(${name})` : name]));
