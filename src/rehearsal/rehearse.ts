import { createHash, randomInt } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beginWork, untilIdle } from '../../workers/at-work.ts';
import { poll } from '../../workers/poll.ts';
import { sayMoment } from '../clock.ts';
import { withClosing } from '../closing.ts';
import { Failure } from '../errors.ts';
import type { Log } from '../log.ts';
import { loadNotice } from '../notice/load.ts';
import { type Books, openBooks, rehearsalAt, rehearsalDir } from '../office/books.ts';
import { nextDigest } from '../office/digest-day.ts';
import { type Office, openOffice } from '../office/office.ts';
import { putStaffMember } from '../office/staff.ts';
import type { Run } from '../run.ts';
import { packageRoot, type Settings } from '../settings.ts';
import { emptyDatabase, openDatabase } from '../store/database.ts';
import { letterOfStory, nextLetterDue } from '../store/delivery.ts';
import { takeOfficeLock } from '../store/office-lock.ts';
import { remember } from '../store/office-state.ts';
import { openCluster } from '../store/postgres/cluster.ts';
import { openConsoleBeside } from '../web/beside.ts';
import { type RehearsalClock, rehearsalClock } from './clock.ts';
import { closingWords, type SampleLogin } from './closing-words.ts';
import { fillLetters, readJuly, type Sample } from './july.ts';
import { startNeteaseServer } from './server/server.ts';

const hourMs = 3_600_000;

/**
 * Plays a July of sample mails against the whole office: a NetEase-like server hands them out as office time jumps from
 * one event to the next; letters and digests fall due and are written to a folder. It has its own data and database,
 * made anew each time, and says 演练 on every line.
 */
export function rehearse(settings: Settings, run: Run & { signal: AbortSignal; log: Log }): Promise<number> {
  return withClosing(async ({ add }) => {
    const july = readJuly(sampleFolders());
    const { opens } = loadNotice(settings.configDir, settings.notice);
    const first = july.find(({ receivedAt }) => receivedAt >= opens)?.receivedAt ?? opens;
    const clock = rehearsalClock(new Date(first.getTime() - hourMs)); // older mail lies in the mailbox already
    const server = add(await startNeteaseServer());
    const own = rehearsalSettings(settings, server.url);
    const cluster = add(await openCluster({ dataDir: own.dataDir, log: run.log }));
    const lock = await takeOfficeLock(cluster.url, run.log, () => {});
    if (!lock) throw new Failure('permanent', '演练已经在另一个窗口进行，请到那里查看，或先在那里按 Ctrl-C 停止');
    add({ close: lock.release });
    await beginAnew(own, cluster.url, run.log);
    const books = add(await openBooks(own, run.log, { clock, rehearsal: true }));
    const office = add(await openOffice(books, (line) => console.log(`演练 ${sayMoment(clock.now())}  ${line}`)));
    const login = run.once || run.part !== 'everything' ? null : await sampleLogin(books);
    if (login) {
      add(await openConsoleBeside(office));
      console.log(`演练期间就可以登录，页面会自己更新：姓名 ${login.name}　密码 ${login.password}`);
    }
    add({ close: (await beginWork(office)).stop });
    await play(office, july, clock, server.deliver, run.signal);
    console.log(await closingWords(office, run.once ? 'over' : login));
    if (!run.once) await untilStopped(run.signal);
    return 0;
  });
}

/** Somebody to log in as; another password each time, for the data is made up but the computer is not. */
async function sampleLogin(books: Books): Promise<SampleLogin> {
  const login = { name: '演练', password: String(randomInt(10_000_000, 100_000_000)) };
  await putStaffMember(books, { ...login, role: 'admin', isActive: true }, '演练');
  return login;
}

/** The samples that came with the program. */
const sampleFolders = () => ['personas', 'rehearsal'].map((folder) => join(packageRoot(), 'fixtures', folder));

/** Its own folder, database and outbox; the office's rules and texts. */
function rehearsalSettings(settings: Settings, imapUrl: string): Settings {
  const dataDir = rehearsalDir(settings);
  const own = { dataDir, imapUrl, smtpUrl: `file:${join(dataDir, 'outbox')}`, databaseUrl: null, redisUrl: null };
  const letters = { letters: 'auto' as const, lettersSet: true, lettersPerMinute: 0, lettersPerDay: 0 };
  return { ...settings, ...own, ...letters, mailFrom: null, digestTo: ['office@rehearsal.invalid'], now: null };
}

/** Last time's rehearsal is over: its tables, mails and letters go, the cluster stays. */
async function beginAnew({ dataDir }: Settings, databaseUrl: string, log: Log): Promise<void> {
  const { db, close } = await openDatabase(databaseUrl, log);
  await emptyDatabase(db);
  await close();
  for (const folder of ['raw', 'journal', 'outbox']) rmSync(join(dataDir, folder), { recursive: true, force: true });
  mkdirSync(join(dataDir, 'outbox'), { recursive: true });
}

type Deliver = (mail: { raw: Buffer; receivedAt: Date; folder: string }) => unknown;

/** From event to event: a mail arrives, a letter falls due, the digest hour strikes. */
async function play(office: Office, july: Sample[], clock: RehearsalClock, deliver: Deliver, signal: AbortSignal) {
  const coming = [...july];
  const shas = new Map<string, string>();
  const last = nextDigest(july.at(-1)?.receivedAt ?? clock.now(), office.settings.digestAt);
  while (!signal.aborted) {
    await untilIdle(office, signal);
    const at = await nextEvent(office, coming, last);
    if (at === null) break;
    clock.jumpTo(at);
    await remember(office.db, rehearsalAt, at.toISOString());
    const arrived = coming.filter(({ receivedAt }) => receivedAt <= at);
    for (const sample of arrived) deliver(await filled(office, sample, shas));
    coming.splice(0, arrived.length);
    if (arrived.length > 0) await poll(office);
  }
}

/** @returns null when July is over */
async function nextEvent({ db, clock, settings }: Office, coming: readonly Sample[], last: Date): Promise<Date | null> {
  const events = [coming[0]?.receivedAt ?? null, await nextLetterDue(db), nextDigest(clock.now(), settings.digestAt)];
  const next = Math.min(...events.flatMap((at) => (at ? [at.getTime()] : [])));
  return next <= last.getTime() ? new Date(next) : null;
}

/** A sample that answers a letter of ours gets that letter's Message-ID, now that it is known. */
async function filled({ db }: Office, sample: Sample, shas: Map<string, string>): Promise<Sample> {
  const known = new Map<string, string | null>();
  for (const [, story = ''] of sample.raw.toString('latin1').matchAll(/\{\{letter:([^}]+)\}\}/g))
    known.set(story, await letterOfStory(db, shas.get(story) ?? null));
  const raw = fillLetters(sample.raw, (story) => known.get(story)?.replace(/[<>]/g, '') ?? null);
  shas.set(sample.story, createHash('sha256').update(raw).digest('hex'));
  return { ...sample, raw };
}

async function untilStopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
