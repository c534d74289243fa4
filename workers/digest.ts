import { sweepLetters } from '../src/office/due.ts';
import { makeDigest } from '../src/office/make-digest.ts';
import type { Office } from '../src/office/office.ts';
import type { Job } from '../src/queue/job.ts';
import { digestMade } from '../src/store/digests.ts';

/**
 * Makes the digest of a day, keeps it, and lays a letter for each of DIGEST_TO in the outbox; once, also where the job comes
 * a second time: the books would keep another digest than the one that its letter tells.
 */
export async function digest(office: Office, { row }: Job): Promise<void> {
  const day = String(row).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  if (!(await digestMade(office.db, day))) await makeDigest(office, day);
  await sweepLetters(office);
}
