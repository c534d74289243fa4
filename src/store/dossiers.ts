import { sql } from 'kysely';
import { type Application, type CheckedApplication, mailed, type Share } from '../application/application.ts';
import { type Candidate, hasForm } from '../application/assemble.ts';
import { type EvidenceKey, evidenceOf, keyOf } from '../application/peers.ts';
import { machineNow } from '../clock.ts';
import type { Notice } from '../notice/notice.ts';
import type { AsRead } from '../review/overlay.ts';
import { type Db, type OpenDb, storable, storableJson } from './database.ts';
import type { Known } from './happenings.ts';

/** Any fixed number does. */
const joiningLock = 71;

/** A transaction that joins shares to dossiers, one at a time: two mails of one nominee at once would open two. */
export function joining<Result>(db: OpenDb, work: (tx: Db) => Promise<Result>): Promise<Result> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${joiningLock})`.execute(tx);
    return work(tx);
  });
}

/** An application where a share may belong. `formerly`: it bears these names no more, but a later mail may. */
export type DossierCandidate = Candidate<{ id: number; number: string }> & { formerly: boolean };

/**
 * Applications of the round that have the share's name or its address, in order of arrival: where it may belong. One to
 * which a person gave another name is there twice, one that a person merged into another under its old names.
 */
export async function candidatesFor(db: Db, share: Share, notice: Notice): Promise<DossierCandidate[]> {
  const name = keyOf(share.nominee);
  const rows = await db
    .selectFrom('application')
    .select([
      'id',
      'number',
      'union_name',
      'nominee',
      'read_union',
      'read_nominee',
      'addresses',
      'has_form',
      'merged_into',
    ])
    .where('notice', '=', notice.code)
    .where((where) => where.or([where('is_gone', '=', false), where('merged_into', 'is not', null)]))
    .where((where) =>
      where.or([
        where('addresses', '@>', sql<string[]>`array[${storable(share.source.address)}]::text[]`),
        ...(name === null
          ? []
          : [where('nominee_key', '=', storable(name)), where('read_nominee_key', '=', storable(name))]),
      ]),
    )
    .orderBy('first_received_at')
    .orderBy('id')
    .execute();
  return rows.flatMap((row): DossierCandidate[] => {
    const { id, number, addresses, has_form: hasForm, merged_into } = row;
    const known = { of: { id, number }, addresses, hasForm };
    const now = { ...known, union: row.union_name, nominee: row.nominee, formerly: merged_into !== null };
    const read = { ...known, union: row.read_union, nominee: row.read_nominee, formerly: true };
    return read.union === now.union && read.nominee === now.nominee ? [now] : [now, read];
  });
}

/** A row to hang the first share on; `saveDossier` fills it in the same transaction. */
export async function openDossier(
  db: Db,
  origin: string,
  number: string,
  share: Share,
  notice: Notice,
): Promise<number> {
  const none = '{}';
  const { id } = await db
    .insertInto('application')
    .values({
      notice: notice.code,
      number,
      origin,
      union_name: share.union ? storable(share.union.name) : null,
      union_known: share.union?.known ?? false,
      union_quota: share.union?.quota ?? 0,
      union_key: storedKey(share.union?.name ?? null),
      nominee: share.nominee === null ? null : storable(share.nominee),
      nominee_key: storedKey(share.nominee),
      merged_into: null,
      read_union: null,
      read_nominee: null,
      read_nominee_key: null,
      addresses: [storable(share.source.address)],
      has_form: share.materials.some(({ form }) => form !== null),
      timeliness: 'on_time',
      complete: false,
      requirements: none,
      findings: '[]',
      state_key: '',
      first_received_at: share.source.receivedAt,
      last_received_at: share.source.receivedAt,
      is_backlog: false,
      updated_at: machineNow(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function dossierOfOrigin(db: Db, origin: string): Promise<{ id: number; number: string } | null> {
  const row = await db
    .selectFrom('application')
    .select(['id', 'number'])
    .where('origin', '=', origin)
    .executeTakeFirst();
  return row ?? null;
}

/** The columns by which other shares find this application and its peers; before its checks, which ask for peers. */
export async function saveHead(db: Db, id: number, application: Application, read: AsRead): Promise<void> {
  const { union, nominee, shares } = application;
  await db
    .updateTable('application')
    .set({
      union_name: union ? storable(union.name) : null,
      union_known: union?.known ?? false,
      union_quota: union?.quota ?? 0,
      union_key: storedKey(union?.name ?? null),
      nominee: nominee === null ? null : storable(nominee),
      nominee_key: storedKey(nominee),
      read_union: read.union === null ? null : storable(read.union),
      read_nominee: read.nominee === null ? null : storable(read.nominee),
      read_nominee_key: storedKey(read.nominee),
      addresses: [...new Set(mailed(shares).map(({ source }) => storable(source.address)))],
      has_form: hasForm(application),
      timeliness: application.timeliness,
      first_received_at: application.firstReceivedAt,
      last_received_at: application.lastReceivedAt,
      updated_at: machineNow(),
    })
    .where('id', '=', id)
    .execute();
  await saveEvidence(db, id, evidenceOf(application));
}

async function saveEvidence(db: Db, id: number, evidence: readonly Pick<EvidenceKey, 'key' | 'file'>[]): Promise<void> {
  const keys = evidence.map(({ key }) => key);
  const files = evidence.map(({ file }) => storable(file));
  await sql`
    with dropped as (delete from evidence where application = ${id} and key <> all (${keys}::text[]))
    insert into evidence (application, key, file)
      select ${id}::integer, key, file from unnest(${keys}::text[], ${files}::text[]) as offered (key, file)
    on conflict (application, key) do update set file = excluded.file where evidence.file <> excluded.file`.execute(db);
}

/** What the checks say of it, and the version that stands for this. */
export async function saveState(
  db: Db,
  id: number,
  { requirements, findings, dismissed, complete }: CheckedApplication,
  state: { stateKey: string; isBacklog: boolean; version: number; contentKey: string },
): Promise<void> {
  await db
    .updateTable('application')
    .set({
      requirements: storableJson(requirements),
      findings: storableJson(findings),
      dismissed: storableJson(dismissed),
      complete,
      state_key: state.stateKey,
      is_backlog: state.isBacklog,
      version: state.version,
      content_key: state.contentKey,
    })
    .where('id', '=', id)
    .execute();
}

/** Whether it is out of all work now: merged into another, or opened by an act and empty. */
export const isGoneNow = ({ origin, mergedInto }: Pick<Known, 'origin' | 'mergedInto'>, holdsShares: boolean) =>
  mergedInto !== null || (origin.startsWith(openedByAct) && !holdsShares);

/** What holds nothing since a person said so: merged into another, or opened by an act that was taken back. */
export async function saveGone(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    with looked_at as (
      update application a set is_gone = merged_into is not null
        or (origin like ${`${openedByAct}%`} and not exists (select from share s where s.application = a.id))
      where id in (${sql.join(ids)}) returning id, is_gone)
    delete from evidence where application in (select id from looked_at where is_gone)`.execute(db);
}

/** What the origin of an application begins with that an act opened. */
export const openedByAct = 'act ';

const storedKey = (name: string | null) => {
  const key = keyOf(name);
  return key === null ? null : storable(key);
};
