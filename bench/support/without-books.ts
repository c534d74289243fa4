// Our road as bench/road.ts compares it: the same mailbox, raw files, readers, checks, letters and post, and neither database
// nor queue: what durability costs is the difference. IMAP_URL, SMTP_URL. Bundled and on Node alone, as the office is.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { type Concluded, conclude } from '../../src/intake/index.ts';
import { composeLetter } from '../../src/letters/smtp/compose.ts';
import { openPost } from '../../src/letters/smtp/open-post.ts';
import { silentLog as log } from '../../src/log.ts';
import type { Arrival } from '../../src/mailbox/ledger.ts';
import { openMailbox } from '../../src/mailbox/open-mailbox.ts';
import { openRawStore } from '../../src/mailbox/raw-store.ts';
import { loadNotice } from '../../src/notice/load.ts';
import { openWholeMails } from '../../src/office/reading/whole-mails.ts';
import { noBooks } from './no-books.ts';

setFlagsFromString('--interrupt-budget=2000000'); // as bin/shouli.mjs does
const { IMAP_URL: imapUrl = '', SMTP_URL: smtpUrl = '' } = process.env;
const notice = loadNotice('config', 'jiaozuo-craftsman-2018');
const folder = mkdtempSync(join(tmpdir(), 'shouli-without-'));
const rawStore = await openRawStore(folder);
const waiting: Arrival[] = [];
const ledger = noBooks((arrival) => waiting.push(arrival));
const mailbox = openMailbox({ imapUrl, ledger, rawStore, opens: notice.opens, log });
const post = openPost(smtpUrl, { log });
const wholeMails = openWholeMails(notice);
const from = '焦作市总工会 <office@126.example>';
const now = new Date('2018-07-20T20:00:00+08:00');

void wholeMails.warm(); // as the office does
await mailbox?.poll();
const taken: Concluded[] = [];
await Promise.all([work(), work()]); // as many at once as the office takes
const { letters } = conclude(taken, notice, now);
for (const [index, { application, choice, letter }] of letters.entries()) {
  const missing = Object.entries(application.requirements).filter(
    ([, { state }]) => !['present', 'declared_none', 'on_paper'].includes(state),
  );
  const raw = await composeLetter(
    { ...letter, messageId: `<letter-${index}@126.example>`, inReplyTo: null, references: [] },
    { from, date: now },
  );
  const marks = `X-Letter: ${choice.kind}\r\nX-Missing: ${missing.map(([code]) => code).join(' ')}\r\n`;
  await post.send(Buffer.concat([Buffer.from(marks), raw]), { from: 'office@126.example', to: letter.to });
}
console.log(`children ${childrenSeconds()}`);
await Promise.all([mailbox?.close(), post.close(), wholeMails.close()]);
rmSync(folder, { recursive: true, force: true });

async function work(): Promise<void> {
  for (let mail = waiting.shift(); mail; mail = waiting.shift()) {
    const { sha256 } = mail.raw;
    const message = { file: sha256, sha256, receivedAt: mail.receivedAt, path: rawStore.path(sha256) };
    const understood = await wholeMails.takeIn(message, ['office@126.example']);
    if ('piecemeal' in understood) throw new Error(understood.piecemeal);
    taken.push({ message, ...understood });
  }
}

/** CPU of the living children and of those that ended: 100 ticks a second. */
function childrenSeconds(): number {
  const ticks = (pid: number | string, ...fields: number[]) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const values = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields.reduce((sum, field) => sum + Number(values[field]), 0);
  };
  const living = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'latin1').split(' ').filter(Boolean);
  return (ticks(process.pid, 13, 14) + living.reduce((sum, pid) => sum + ticks(pid, 11, 12), 0)) / 100;
}
