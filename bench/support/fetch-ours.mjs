// Our half of bench/fetch.ts: the mailbox into raw files, each split, its attachments hashed. IMAP_URL, DATA_DIR. The
// compiled modules on Node alone, as in the running office.
import { createHash } from 'node:crypto';

const load = (path) => import(new URL(`../../dist/src/${path}.js`, import.meta.url).href);
const { openMailbox } = await load('mailbox/mailbox');
const { openRawStore } = await load('mailbox/raw-store');
const { parseMail } = await load('message/parse');
const { loadNotice } = await load('notice/load');
const { silentLog } = await load('log');

const notice = loadNotice('config', 'jiaozuo-craftsman-2018');
const rawStore = await openRawStore(process.env.DATA_DIR);
const kept = [];
const ledger = {
  cursor: async () => null,
  keep: async ({ raw }) => ({ message: kept.push(raw.sha256), isNew: true }),
  passOver: async () => {},
  advance: async () => {},
  knownUids: async () => new Set(),
};
const { IMAP_URL: imapUrl } = process.env;
const mailbox = openMailbox({ imapUrl, ledger, rawStore, opens: notice.opens, log: silentLog });
await mailbox.poll();
await mailbox.close();
const hashes = new Set();
for (const sha256 of kept)
  for (const { bytes } of parseMail(await rawStore.read(sha256), notice.words.mail).attachments)
    hashes.add(createHash('sha256').update(bytes).digest('hex'));
console.log(`taken ${hashes.size}`);
