import { type Kysely, sql } from 'kysely';

/** Each mail asks for the letters of its application, and for the day's to its address: few among all of the round. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index on letter (application)`.execute(db);
  await sql`create index on letter (to_address, created_at)`.execute(db);
}
