import { sweepLetters } from '../src/office/due.ts';
import { makeDigest } from '../src/office/make-digest.ts';
import type { Office } from '../src/office/office.ts';
import type { Job } from '../src/queue/job.ts';

/** Makes the digest of a day, keeps it, and lays a letter for each of DIGEST_TO in the outbox. */
export async function digest(office: Office, { row }: Job): Promise<void> {
  const day = String(row).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  await makeDigest(office, day);
  await sweepLetters(office);
}
