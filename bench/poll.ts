/**
 * What a large mailbox costs: `node --import tsx bench/poll.ts [mails] [polls]`. A real Dovecot with 100 old mails, then
 * with 100,000 of them, all from before the round: the first import, which counts them by their headers into the real
 * database, then polls that find nothing. CPU of this process, which is the client.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { officeClock } from '../src/clock.ts';
import { silentLog } from '../src/log.ts';
import { openMailbox } from '../src/mailbox/open-mailbox.ts';
import { openRawStore } from '../src/mailbox/raw-store.ts';
import { openDatabase } from '../src/store/database.ts';
import { openJournal } from '../src/store/journal.ts';
import { openLedger } from '../src/store/ledger.ts';
import { freshDatabase } from '../test/support/database.ts';
import { startDovecot } from '../test/support/dovecot.ts';
import { unionMail } from '../test/support/office-mailbox.ts';
import { median } from './support/median.ts';

const many = Number(process.argv[2] ?? 100_000);
const polls = Number(process.argv[3] ?? 60);
const old = new Date('2018-03-01T02:00:00Z');

const few = await measure(100);
const lots = await measure(many);
console.log(
  `an idle poll, ${many} : 100 mails   CPU ${(lots.cpu / few.cpu).toFixed(2)} : 1 (must ≤ 2), wall ${(lots.wall / few.wall).toFixed(2)} : 1`,
);

async function measure(count: number): Promise<{ cpu: number; wall: number }> {
  const dovecot = await startDovecot();
  for (let index = 0; index < count; index += 1) dovecot.deliver(unionMail(`旧邮件${index}`), old);
  const folder = mkdtempSync(join(tmpdir(), 'shouli-poll-'));
  const testDatabase = await freshDatabase();
  const { db, close } = await openDatabase(testDatabase.url, silentLog);
  const ledger = openLedger(db, openJournal(folder, officeClock(null)));
  const rawStore = await openRawStore(folder);
  const opens = new Date('2018-06-01T00:00:00+08:00');
  const mailbox = openMailbox({ imapUrl: dovecot.url, ledger, rawStore, opens, log: silentLog });
  try {
    const first = await timed(() => mailbox.poll());
    const { count: rows } = await db
      .selectFrom('message')
      .select(db.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    console.log(
      `${count} old mails: first import ${(first.wall / 1000).toFixed(1)} s, CPU ${(first.cpu / 1000).toFixed(1)} s, ${Math.round((count / first.wall) * 1000)} mails/s, in the ledger ${rows}`,
    );
    const runs = [];
    for (let round = 0; round < polls + 10; round += 1) runs.push(await timed(() => mailbox.poll()));
    const warm = runs.slice(10);
    const [cpu, wall] = [median(warm.map((run) => run.cpu)), median(warm.map((run) => run.wall))];
    console.log(
      `${count} old mails: idle poll CPU ${cpu.toFixed(2)} ms, wall ${wall.toFixed(1)} ms (medians of ${polls})`,
    );
    return { cpu, wall };
  } finally {
    await mailbox.close();
    await close();
    await testDatabase.close();
    await dovecot.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds of CPU and on the clock. */
async function timed(work: () => Promise<unknown>): Promise<{ cpu: number; wall: number }> {
  const [before, began] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, wall: performance.now() - began };
}
