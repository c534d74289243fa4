import { type Kysely, sql } from 'kysely';

/** Answers that wait to be taken in: each letter asks for them before it leaves, and they are few among many that wait. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index on message (id) where fate = 'pending' and in_reply_to <> '{}'`.execute(db);
}
