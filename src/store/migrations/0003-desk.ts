import { type Kysely, sql } from 'kysely';

/** Who may use the review desk, who is logged in, and the call that tells open pages that something changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table staff (
      name text primary key,
      role text not null check (role in ('viewer', 'reviewer', 'admin')),
      password text not null,
      is_active boolean not null default true,
      created_at timestamptz not null
    );
    create table session (
      key text primary key,
      staff text not null references staff (name) on delete cascade,
      csrf text not null,
      seen_at timestamptz not null
    );
    create index on message (received_at desc, id desc);
    create index on message (needs_person) where needs_person;
    create index on letter (state, id);
    create function tell_desk() returns trigger language plpgsql as $$
      begin
        perform pg_notify('shouli_desk', tg_table_name);
        return null;
      end $$;
  `.execute(db);
  for (const table of ['message', 'application', 'letter', 'decision', 'alarm'])
    await sql`create trigger tell_desk after insert or update or delete on ${sql.table(table)}
      for each statement execute function tell_desk()`.execute(db);
}
