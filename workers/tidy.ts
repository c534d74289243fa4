import { Failure } from '../src/errors.ts';
import { takeBalance } from '../src/office/balance.ts';
import { warnOfDisk } from '../src/office/disk.ts';
import { sweepDue } from '../src/office/due.ts';
import type { Office } from '../src/office/office.ts';
import { tidyPreviews } from '../src/previews/cache.ts';
import { remember } from '../src/store/office-state.ts';

/** Once a day: fetches what a cursor missed, proves that no mail was lost, clears old previews and looks at the disk. */
export async function tidy(office: Office): Promise<void> {
  await tidyPreviews(office.settings.dataDir);
  await warnOfDisk(office);
  const end = office.looks.begin(office.clock.now());
  try {
    await takeBalance(office);
    end(true);
    await remember(office.db, 'tidied', '');
    await sweepDue(office);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    office.log.warn({ reason: error.message }, 'daily sweep failed');
    await office.alarm('mailbox', error.forPerson);
  } finally {
    end(false);
  }
}
