import type { Db } from './database.ts';
import type { DecisionRecord } from './records.ts';

/** `act`: the id of the act that a decision is; null for those from before acts were kept. */
export async function listDecisions(db: Db, application: number): Promise<(DecisionRecord & { act: string | null })[]> {
  const rows = await db
    .selectFrom('decision')
    .selectAll()
    .where('application', '=', application)
    .orderBy('id')
    .execute();
  return rows.map(({ kind, note, by, at, undone, act }) => {
    return { kind: kind as DecisionRecord['kind'], note, by, at, undone, act };
  });
}

/** What people decided and did not take back, by the application's number, oldest first. */
export async function mapDecisions(db: Db): Promise<Record<string, DecisionRecord[]>> {
  const rows = await db
    .selectFrom('decision')
    .innerJoin('application', 'application.id', 'decision.application')
    .select(['number', 'kind', 'note', 'by', 'at'])
    .where('undone', '=', false)
    .orderBy('decision.id')
    .execute();
  const decisions: Record<string, DecisionRecord[]> = {};
  for (const { number, kind, ...rest } of rows)
    decisions[number] = [...(decisions[number] ?? []), { kind: kind as DecisionRecord['kind'], ...rest }];
  return decisions;
}

/** @param at office time · @param act id of the act that it is; null for one from before acts were kept */
export async function addDecision(
  db: Db,
  application: number,
  { kind, note, by }: Pick<DecisionRecord, 'kind' | 'note' | 'by'>,
  at: Date,
  act: string | null = null,
): Promise<void> {
  await db.insertInto('decision').values({ application, kind, note, by, at, act }).execute();
}
