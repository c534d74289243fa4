// Our road as bench/road.ts compares it: the same mailbox, raw files, readers, checks, letters and post, and neither database
// nor queue: what durability costs is the difference. IMAP_URL, SMTP_URL. The compiled modules on Node alone, as in the office.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--interrupt-budget=2000000'); // as bin/shouli.mjs does
const load = (path) => import(new URL(`../../dist/src/${path}.js`, import.meta.url).href);
const { conclude } = await load('intake/index');
const { composeLetter } = await load('letters/smtp/compose');
const { openPost } = await load('letters/smtp/open-post');
const { silentLog: log } = await load('log');
const { openMailbox } = await load('mailbox/open-mailbox');
const { openRawStore } = await load('mailbox/raw-store');
const { loadNotice } = await load('notice/load');
const { openWholeMails } = await load('office/reading/whole-mails');

const { IMAP_URL: imapUrl = '', SMTP_URL: smtpUrl = '' } = process.env;
const notice = loadNotice('config', 'jiaozuo-craftsman-2018');
const folder = mkdtempSync(join(tmpdir(), 'shouli-without-'));
const rawStore = await openRawStore(folder);
const waiting = [];
const cursors = new Map(); // INBOX is looked at twice in a round
const ledger = {
  cursor: async (_, folder) => cursors.get(folder) ?? null,
  keep: async (arrivals) => arrivals.map((arrival) => ({ message: waiting.push(arrival), isNew: true })),
  passOver: async () => {},
  advance: async (_, folder, uidValidity, lastUid) => void cursors.set(folder, { uidValidity, lastUid }),
  knownUids: async () => new Set(),
};
const mailbox = openMailbox({ imapUrl, ledger, rawStore, opens: notice.opens, log });
const post = openPost(smtpUrl, { log });
const wholeMails = openWholeMails(notice);
const from = '焦作市总工会 <office@126.example>';

void wholeMails.warm(); // as the office does
await mailbox.poll();
const taken = [];
await Promise.all([work(), work()]); // as many at once as the office takes
const { letters } = conclude(taken, notice, new Date('2018-07-20T20:00:00+08:00'));
for (const [index, { application, choice, letter }] of letters.entries()) {
  const missing = Object.entries(application.requirements).filter(
    ([, { state }]) => !['present', 'declared_none', 'on_paper'].includes(state),
  );
  const raw = await composeLetter(
    { ...letter, messageId: `<letter-${index}@126.example>`, inReplyTo: null, references: [] },
    { from, date: new Date('2018-07-20T20:00:00+08:00') },
  );
  const marks = `X-Letter: ${choice.kind}\r\nX-Missing: ${missing.map(([code]) => code).join(' ')}\r\n`;
  await post.send(Buffer.concat([Buffer.from(marks), raw]), { from: 'office@126.example', to: letter.to });
}
console.log(`children ${childrenSeconds()}`);
await Promise.all([mailbox.close(), post.close(), wholeMails.close()]);
rmSync(folder, { recursive: true, force: true });

async function work() {
  for (let mail = waiting.shift(); mail; mail = waiting.shift()) {
    const { sha256 } = mail.raw;
    const message = { file: sha256, sha256, receivedAt: mail.receivedAt, path: rawStore.path(sha256) };
    const understood = await wholeMails.takeIn(message, ['office@126.example']);
    if ('piecemeal' in understood) throw new Error(understood.piecemeal);
    taken.push({ message, ...understood });
  }
}

/** CPU of the living children and of those that ended: 100 ticks a second. */
function childrenSeconds() {
  const ticks = (pid, ...fields) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const values = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields.reduce((sum, field) => sum + Number(values[field]), 0);
  };
  const living = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'latin1').split(' ').filter(Boolean);
  return (ticks(process.pid, 13, 14) + living.reduce((sum, pid) => sum + ticks(pid, 11, 12), 0)) / 100;
}
