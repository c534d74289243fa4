import type { Selectable } from 'kysely';
import type { Db } from './database.ts';
import type { LetterRecord, LetterState } from './records.ts';
import type { Tables } from './schema.ts';

/** What a letter's record is made of. */
export const letterFields = [
  'id',
  'kind',
  'to_address',
  'number',
  'subject',
  'text',
  'html',
  'state',
  'reason',
  'message_id',
  'in_reply_to',
  'refs',
  'due_at',
  'sent_at',
  'failed_at',
  'created_at',
  'attempts',
] as const;
type LetterRow = Pick<Selectable<Tables['letter']>, (typeof letterFields)[number]>;

/** The outbox and what left it, oldest first. */
export async function listLetters(
  db: Db,
  only?: { number: string } | { ids: readonly number[] },
): Promise<LetterRecord[]> {
  let query = db.selectFrom('letter').select(letterFields).orderBy('id');
  if (only && 'number' in only) query = query.where('number', '=', only.number);
  if (only && 'ids' in only) query = query.where('id', 'in', only.ids.length > 0 ? [...only.ids] : [0]);
  return (await query.execute()).map(letterOf);
}

export const letterOf = (row: LetterRow): LetterRecord => ({
  id: row.id,
  kind: row.kind as LetterRecord['kind'],
  to: row.to_address,
  number: row.number,
  subject: row.subject,
  text: row.text,
  html: row.html,
  state: row.state as LetterState,
  reason: row.reason,
  messageId: row.message_id,
  inReplyTo: row.in_reply_to,
  references: row.refs,
  writtenAt: row.created_at,
  dueAt: row.due_at,
  sentAt: row.sent_at,
  failedAt: row.failed_at,
  attempts: row.attempts,
});
