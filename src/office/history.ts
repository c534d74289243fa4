import { Failure } from '../errors.ts';
import { sayHistory } from '../reports/history.ts';
import type { HistoryEntry } from '../review/acts.ts';
import { listActs } from '../store/acts.ts';
import { applicationOfNumber } from '../store/application-numbers.ts';
import { type AuditRecord, addAudit } from '../store/audit.ts';
import { listDecisions } from '../store/decisions.ts';
import { listHappenings } from '../store/happenings.ts';
import { listLetters } from '../store/letter-list.ts';
import type { Books } from './books.ts';

/**
 * Everything that happened to an application, oldest first: mails, what the checks said, letters written, sent, failed or
 * come back, and what people did, also what was taken back.
 *
 * @throws Failure (permanent) when there is no such number
 */
export async function history({ db, notice }: Pick<Books, 'db' | 'notice'>, number: string): Promise<HistoryEntry[]> {
  const id = await applicationOfNumber(db, number);
  if (id === null) throw new Failure('permanent', `没有编号为 ${number} 的申报件`);
  const happenings = await listHappenings(db, id);
  const [acts, letters] = [await listActs(db, { number }), await listLetters(db, { number })];
  return sayHistory({ happenings, acts, letters, decisions: await listDecisions(db, id) }, notice);
}

/** Notes that somebody saw personal data in full or took a file out; to be called before it is shown. */
export async function audit(
  { db, journal }: Pick<Books, 'db' | 'journal'>,
  { by, what, number = null }: { by: string; what: string; number?: string | null },
): Promise<void> {
  const at = await journal.write({ event: 'audited', by, what, number });
  await addAudit(db, { at, by, what, number } satisfies AuditRecord);
}
