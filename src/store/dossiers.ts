import { sql } from 'kysely';
import type { Application, CheckedApplication, Share } from '../application/application.ts';
import { applicationOf, type Candidate, hasForm } from '../application/assemble.ts';
import { evidenceOf, keyOf, type Peers } from '../application/peers.ts';
import { settle } from '../application/settle.ts';
import { machineNow } from '../clock.ts';
import type { Notice } from '../notice/notice.ts';
import { type Db, type OpenDb, storable, storableJson } from './database.ts';
import { packShare, unpackShare } from './share-content.ts';

/** Any fixed number does. */
const joiningLock = 71;

/** A transaction that joins shares to dossiers, one at a time: two mails of one nominee at once would open two. */
export function joining<Result>(db: OpenDb, work: (tx: Db) => Promise<Result>): Promise<Result> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${joiningLock})`.execute(tx);
    return work(tx);
  });
}

/** Applications of the round that have the share's name or its address, in order of arrival: where it may belong. */
export async function candidatesFor(db: Db, share: Share, notice: Notice): Promise<Candidate<number>[]> {
  const name = keyOf(share.nominee);
  const rows = await db
    .selectFrom('application')
    .select(['id', 'union_name', 'nominee', 'addresses', 'has_form'])
    .where('notice', '=', notice.code)
    .where((where) =>
      where.or([
        where('addresses', '@>', sql<string[]>`array[${storable(share.source.address)}]::text[]`),
        ...(name === null ? [] : [where('nominee_key', '=', storable(name))]),
      ]),
    )
    .orderBy('first_received_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id, union_name, nominee, addresses, has_form }) => ({
    of: id,
    union: union_name,
    nominee,
    addresses,
    hasForm: has_form,
  }));
}

export type Placed = { message: number; position: number; application: number | null; perhaps: number[] };

export async function addShare(db: Db, share: Share, placed: Placed): Promise<void> {
  const { address, receivedAt } = share.source;
  await db
    .insertInto('share')
    .values({ ...placed, address: storable(address), received_at: receivedAt, content: packShare(share) })
    .execute();
}

/** Takes out what a mail brought before it is taken in again. @returns the applications that it touched */
export async function removeShares(db: Db, message: number): Promise<number[]> {
  const rows = await db
    .deleteFrom('share')
    .where('message', '=', message)
    .returning(['application', 'perhaps'])
    .execute();
  return [...new Set(rows.flatMap(({ application, perhaps }) => [...(application ? [application] : []), ...perhaps]))];
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

export async function dossierOfOrigin(db: Db, origin: string): Promise<number | null> {
  const row = await db.selectFrom('application').select('id').where('origin', '=', origin).executeTakeFirst();
  return row?.id ?? null;
}

/** An application with everything that its mails brought; null when a rerun has left it none. */
export async function readDossier(db: Db, id: number, notice: Notice): Promise<Application | null> {
  const rows = await db
    .selectFrom('share')
    .select(['application', 'content'])
    .where((where) =>
      where.or([where('application', '=', id), where('perhaps', '@>', sql<number[]>`array[${id}]::integer[]`)]),
    )
    .orderBy('received_at')
    .orderBy('message')
    .orderBy('position')
    .execute();
  const own = rows.filter(({ application }) => application === id).map(({ content }) => unpackShare(content, notice));
  const proposed = rows
    .filter(({ application }) => application !== id)
    .map(({ content }) => unpackShare(content, notice));
  const [first, ...rest] = own;
  return first ? settle(applicationOf([first, ...rest], proposed, notice), notice) : null;
}

/** The columns by which other shares find this application and its peers; before its checks, which ask for peers. */
export async function saveHead(db: Db, id: number, application: Application): Promise<void> {
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
      addresses: [...new Set(shares.map(({ source }) => storable(source.address)))],
      has_form: hasForm(application),
      timeliness: application.timeliness,
      first_received_at: application.firstReceivedAt,
      last_received_at: application.lastReceivedAt,
      updated_at: machineNow(),
    })
    .where('id', '=', id)
    .execute();
  await db.deleteFrom('evidence').where('application', '=', id).execute();
  const evidence = evidenceOf(application).map(({ key, file }) => ({ application: id, key, file: storable(file) }));
  if (evidence.length > 0) await db.insertInto('evidence').values(evidence).execute();
}

export async function saveState(
  db: Db,
  id: number,
  { requirements, findings, complete }: CheckedApplication,
  state: { stateKey: string; isBacklog: boolean },
): Promise<void> {
  await db
    .updateTable('application')
    .set({
      requirements: storableJson(requirements),
      findings: storableJson(findings),
      complete,
      state_key: state.stateKey,
      is_backlog: state.isBacklog,
    })
    .where('id', '=', id)
    .execute();
}

/** What the checks across applications ask, from columns: the same as application/peers.ts in memory. */
export async function peersFor(db: Db, id: number): Promise<Peers> {
  const { rows: place } = await sql<{ place: number }>`
    select count(*)::integer as place from application other, application own
    where own.id = ${id} and other.notice = own.notice and other.union_key = own.union_key
      and (other.first_received_at, other.id) <= (own.first_received_at, own.id)`.execute(db);
  const { rows: twins } = await sql<{ union: string | null }>`
    select other.union_name as union from application other, application own
    where own.id = ${id} and other.id <> own.id and other.notice = own.notice and other.nominee_key = own.nominee_key
    order by other.id`.execute(db);
  const { rows: shared } = await sql<{ key: string; nominee: string | null; file: string }>`
    select theirs.key, other.nominee, theirs.file
    from evidence own join evidence theirs on theirs.key = own.key and theirs.application <> own.application
    join application other on other.id = theirs.application
    where own.application = ${id} order by theirs.application, theirs.file`.execute(db);
  return { placeInUnion: place[0]?.place ?? 1, twins, shared };
}

/** Applications whose checks may come out otherwise now: namesakes, sharers of evidence, later ones of the same union. */
export async function neighboursOf(db: Db, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const own = sql`(${sql.join(ids)})`;
  const { rows } = await sql<{ id: number }>`
    select other.id from application other, application own
    where own.id in ${own} and other.id not in ${own} and other.notice = own.notice
      and (other.nominee_key = own.nominee_key
        or (other.union_key = own.union_key and (other.first_received_at, other.id) > (own.first_received_at, own.id)))
    union
    select theirs.application from evidence mine join evidence theirs on theirs.key = mine.key
    where mine.application in ${own} and theirs.application not in ${own}`.execute(db);
  return rows.map(({ id }) => id);
}

const storedKey = (name: string | null) => {
  const key = keyOf(name);
  return key === null ? null : storable(key);
};
