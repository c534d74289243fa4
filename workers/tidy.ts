import { Failure } from '../src/errors.ts';
import { takeBalance } from '../src/office/balance.ts';
import { warnOfDisk } from '../src/office/disk.ts';
import { sweepDue } from '../src/office/due.ts';
import type { Office } from '../src/office/office.ts';
import { noteGone } from '../src/store/gone.ts';

/** Once a day: fetches what a cursor missed, proves that no mail was lost, looks at the disk. */
export async function tidy(office: Office): Promise<void> {
  await warnOfDisk(office);
  if (!office.mailbox) return;
  try {
    const { account } = office.mailbox;
    const { folders } = await office.mailbox.sweep();
    for (const { gone, folder, uidValidity } of folders)
      await noteGone(office.db, office.journal, { account, folder, uidValidity }, gone);
    await takeBalance(office);
    await sweepDue(office);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    office.log.warn({ reason: error.message }, 'daily sweep failed');
    await office.alarm('mailbox', error.forPerson);
  }
}
