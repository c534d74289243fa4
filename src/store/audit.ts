import { type Db, storable } from './database.ts';

/** Who saw personal data in full, or took a file out; `at` office time. */
export type AuditRecord = { at: Date; by: string; what: string; number: string | null };

export async function addAudit(db: Db, { at, by, what, number }: AuditRecord): Promise<void> {
  await db
    .insertInto('audit')
    .values({ at, by: storable(by), what: storable(what), number })
    .execute();
}

/** Newest first. */
export async function listAudit(db: Db, only?: { number: string }): Promise<AuditRecord[]> {
  const all = db.selectFrom('audit').select(['at', 'by', 'what', 'number']).orderBy('id', 'desc');
  return (only ? all.where('number', '=', only.number) : all).execute();
}
