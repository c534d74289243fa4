import type { ShareRef } from '../../review/acts.ts';
import { shareRef } from '../../review/placing.ts';
import type { Db } from '../database.ts';

/** What a mail brought, and the number of the application that holds it; null while nobody placed it. */
export async function sharesOfMail(db: Db, message: number): Promise<{ ref: ShareRef; number: string | null }[]> {
  const rows = await db
    .selectFrom('share')
    .innerJoin('message', 'message.id', 'share.message')
    .leftJoin('application', 'application.id', 'share.application')
    .select(['message.identity', 'share.position', 'application.number'])
    .where('share.message', '=', message)
    .orderBy('share.position')
    .execute();
  return rows.map(({ identity, position, number }) => ({ ref: shareRef(identity, position), number }));
}
