import type { Office } from '../src/office/office.ts';
import { takeMail } from '../src/office/take-mail.ts';
import type { Job } from '../src/queue/job.ts';

/** Takes one mail in: reads it, finds its application, checks, records, and sees to the letter. */
export async function intake(office: Office, { row, generation }: Job): Promise<void> {
  await takeMail(office, Number(row), generation);
}
