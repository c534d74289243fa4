import { type Kysely, sql } from 'kysely';

/** Of the office's small facts, those that an open page shows: whether letters leave, and when the mailbox was last read. */
const shown = sql.raw(`('letters_stopped', 'outbox_paused_until', 'last_poll')`);

/** Pages hear of them as they hear of rows (0003-desk). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create trigger tell_desk after insert or update on office_state
    for each row when (new.name in ${shown}) execute function tell_desk()`.execute(db);
  await sql`create trigger tell_desk_of_end after delete on office_state
    for each row when (old.name in ${shown}) execute function tell_desk()`.execute(db);
}
