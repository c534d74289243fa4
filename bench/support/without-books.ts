/**
 * Our road as bench/road.ts compares it: the same mailbox, raw files, readers, checks, letters and post, and neither
 * database nor queue: what durability costs is the difference. IMAP_URL, SMTP_URL.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Concluded, conclude } from '../../src/intake/index.ts';
import { composeLetter } from '../../src/letters/smtp/compose.ts';
import { openPost } from '../../src/letters/smtp/open-post.ts';
import { silentLog } from '../../src/log.ts';
import { openMailbox } from '../../src/mailbox/open-mailbox.ts';
import { openRawStore } from '../../src/mailbox/raw-store.ts';
import { loadNotice } from '../../src/notice/load.ts';
import { openWholeMails } from '../../src/office/reading/whole-mails.ts';
import { memoryLedger } from '../../test/support/memory-ledger.ts';
import { cpuSeconds } from './process.ts';

const { IMAP_URL: imapUrl = '', SMTP_URL: smtpUrl = '' } = process.env;
const notice = loadNotice('config', 'jiaozuo-craftsman-2018');
const folder = mkdtempSync(join(tmpdir(), 'shouli-without-'));
const rawStore = await openRawStore(folder);
const ledger = memoryLedger();
const mailbox = openMailbox({ imapUrl, ledger, rawStore, opens: notice.opens, log: silentLog });
const post = openPost(smtpUrl, { log: silentLog });
const wholeMails = openWholeMails(notice);
const from = '焦作市总工会 <office@126.example>';

await mailbox.poll();
const waiting = [...ledger.mails.values()];
const taken: Concluded[] = [];
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
const { alone, family } = cpuSeconds(process.pid);
console.log(`children ${family - alone}`);
await Promise.all([mailbox.close(), post.close(), wholeMails.close()]);
rmSync(folder, { recursive: true, force: true });

async function work(): Promise<void> {
  for (let mail = waiting.shift(); mail; mail = waiting.shift()) {
    const { sha256 } = mail.arrival.raw;
    const path = rawStore.path(sha256);
    const message = { file: String(mail.message), sha256, receivedAt: mail.arrival.receivedAt, path };
    const understood = await wholeMails.takeIn(message, ['office@126.example']);
    if ('piecemeal' in understood) throw new Error(understood.piecemeal);
    taken.push({ message, ...understood });
  }
}
