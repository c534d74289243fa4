import type { Finding } from '../application/application.ts';
import type { Before, Happened, Happening } from '../review/happened.ts';
import type { Db } from './database.ts';
import { storableJson } from './database.ts';

/** What the record says of an application before it is looked at anew. `isDecided`: accepted or declined by a person. */
export type Known = Before & {
  number: string;
  version: number;
  contentKey: string;
  origin: string;
  mergedInto: string | null;
  isGone: boolean;
  isDecided: boolean;
};

export async function readKnown(db: Db, application: number): Promise<Known> {
  const row = await db
    .selectFrom('application')
    .select(['number', 'requirements', 'findings', 'state_key', 'version', 'content_key'])
    .select(['origin', 'merged_into', 'is_gone'])
    .select((select) =>
      select
        .selectFrom('decision')
        .select('kind')
        .whereRef('decision.application', '=', 'application.id')
        .where('undone', '=', false)
        .orderBy('decision.id', 'desc')
        .limit(1)
        .as('decided'),
    )
    .where('id', '=', application)
    .executeTakeFirstOrThrow();
  return {
    number: row.number,
    isDecided: row.decided === 'accept' || row.decided === 'decline',
    requirements: row.requirements,
    findings: row.findings as Finding[],
    isNew: row.state_key === '',
    version: row.version,
    contentKey: row.content_key,
    origin: row.origin,
    mergedInto: row.merged_into,
    isGone: row.is_gone,
  };
}

/** Raises the version of an application that holds nothing; that of others goes with their state (`saveState`). */
export async function raiseVersion(
  db: Db,
  application: number,
  { version, contentKey }: Pick<Known, 'version' | 'contentKey'>,
): Promise<void> {
  await db.updateTable('application').set({ version, content_key: contentKey }).where('id', '=', application).execute();
}

/** `at`: office time. */
export type HappenedAt = Happened & { at: Date };

/** Notes what made a version. */
export async function noteHappenings(
  db: Db,
  application: number,
  version: number,
  happened: readonly HappenedAt[],
): Promise<void> {
  if (happened.length === 0) return;
  const rows = happened.map(({ kind, at, ...detail }) => ({
    application,
    version,
    kind,
    at,
    detail: storableJson(detail),
  }));
  await db.insertInto('happening').values(rows).execute();
}

/** A line about the application as it is now. */
export async function noteHappening(db: Db, application: number, happened: Happened, at: Date): Promise<void> {
  const { version } = await readKnown(db, application);
  await noteHappenings(db, application, version, [{ ...happened, at }]);
}

/** All that happened to an application, in the order of the record; `since` leaves out what made this version or earlier ones. */
export async function listHappenings(db: Db, application: number, since = -1): Promise<Happening[]> {
  const rows = await db
    .selectFrom('happening')
    .selectAll()
    .where('application', '=', application)
    .where('version', '>', since)
    .orderBy('id')
    .execute();
  return rows.map(({ kind, detail, at, version }) => ({ ...(detail as object), kind, at, version }) as Happening);
}

export type MailsKnown = Map<string, Happening & { kind: 'mail' }>;

/** The mails that an application was last known to hold, by identity. */
export async function mailsKnown(db: Db, application: number): Promise<MailsKnown> {
  const mails: MailsKnown = new Map();
  for (const line of await listHappenings(db, application))
    if (line.kind === 'mail') {
      if (line.left) mails.delete(line.mail);
      else mails.set(line.mail, line);
    }
  return mails;
}
