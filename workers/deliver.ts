import { deliverLetter } from '../src/office/deliver-letter.ts';
import type { Office } from '../src/office/office.ts';
import type { Job } from '../src/queue/job.ts';

/** Sends one letter that has fallen due, if nothing stands against it now. */
export async function deliver(office: Office, { row, generation }: Job): Promise<void> {
  await deliverLetter(office, Number(row), generation);
}
