import type { Closing } from '../../closing.ts';
import { Failure } from '../../errors.ts';
import { silentLog } from '../../log.ts';
import { type MailboxFacts, probe } from '../../mailbox/probe.ts';
import { loadNotice } from '../../notice/load.ts';
import type { Inspected, Settings } from '../../settings.ts';
import { openDatabase } from '../../store/database.ts';
import { officeAtWork } from '../../store/office-lock.ts';
import { memoryIn } from '../../store/office-state.ts';
import { openCluster } from '../../store/postgres/cluster.ts';
import { type ServerFacts, serverFacts } from '../../store/server-facts.ts';
import { booksInUse } from '../books.ts';
import { hasMistake, isMistaken, type OpenRecord, type Scene } from './scene.ts';
import { withinTime } from './time-limit.ts';

/** The first start of an embedded database makes it, which takes seconds. */
const recordMs = 14_000;
const connectMs = 4_000;
/** The whole conversation with the mail server. */
const probeMs = 8_000;

/** Opens what several tests look at. Never throws: what fails is itself a finding. */
export async function openScene(inspected: Inspected, isDeep: boolean, { add }: Closing): Promise<Scene> {
  const { settings, rehearsal } = booksInUse(inspected.settings);
  const notice = await attempt(() => loadNotice(settings.configDir, settings.notice));
  const record = hasMistake(inspected, 'DATABASE_URL')
    ? mistakenAddress
    : await attempt(() => withinTime(recordMs, openRecord(settings, add), tooSlow));
  const office = record instanceof Failure ? null : await officeAtWork(record.db).catch(() => null); // told by others
  const scene: Scene = { inspected, settings, rehearsal, isDeep, notice, record, office, probe: null };
  return { ...scene, probe: tryMailbox(scene) };
}

/** Anything else than a Failure is a fault of ours, or of the system below. */
export async function attempt<Result>(work: () => Result | Promise<Result>): Promise<Result | Failure> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure) return error;
    return new Failure('permanent', `程序自己出了错，请把这一行转给维护人员：${error}`, String(error), {
      cause: error,
    });
  }
}

/** Nor is the embedded one made in its place. */
const mistakenAddress = new Failure('usage', '“设置”里的 DATABASE_URL 写错了', 'DATABASE_URL cannot be read');

const tooSlow = () =>
  new Failure(
    'temporary',
    '第一次建立数据库在慢的电脑上要一两分钟，另一个受理程序也许正在启动或停止。请过两分钟再运行一次；仍是这样，请重新启动电脑。',
    `not open after ${recordMs / 1000} s`,
  );

async function openRecord(settings: Settings, add: Closing['add']): Promise<OpenRecord> {
  const cluster = settings.databaseUrl ? null : add(await openCluster({ dataDir: settings.dataDir, log: silentLog }));
  const url = settings.databaseUrl ?? cluster?.url ?? '';
  const facts = await serverFacts(url);
  refuse(facts);
  const { db } = add(await openDatabase(url, silentLog));
  return { db, url, facts, isEmbedded: cluster !== null };
}

/** @throws Failure for a server that answers but will not do */
function refuse({ encoding, isReadOnly, mayCreate }: ServerFacts): void {
  if (encoding !== 'UTF8')
    throw new Failure(
      'permanent',
      `请管理员另建一个编码为 UTF8 的数据库，写进 DATABASE_URL（现在是 ${encoding}，存不下全部汉字）。`,
      `encoding ${encoding}`,
    );
  if (isReadOnly)
    throw new Failure(
      'permanent',
      '这个数据库只能读。请把 DATABASE_URL 改成主库的地址，或请管理员取消只读。',
      'read only',
    );
  if (!mayCreate)
    throw new Failure(
      'permanent',
      '数据库帐号没有建表的权限。请管理员把数据库的所有者设为这个帐号：ALTER DATABASE 数据库 OWNER TO 帐号;',
      'no right to create tables',
    );
}

/** An office that runs has its own connection, and NetEase counts them: a second login only when asked for. */
function tryMailbox(scene: Scene): Promise<MailboxFacts> | null {
  const { settings, office, isDeep, record } = scene;
  if (settings.imapUrl === null || isMistaken(scene, 'IMAP_URL') || (office && !isDeep)) return null;
  const memory = record instanceof Failure ? null : memoryIn(record.db);
  const probed = probe(settings.imapUrl, { connectMs, signal: AbortSignal.timeout(probeMs) }, memory);
  probed.catch(() => {}); // told by the tests that wait for it
  return probed;
}
