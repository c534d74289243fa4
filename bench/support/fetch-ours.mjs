// Our half of bench/fetch.ts: the mailbox into raw files, each split, its attachments hashed. IMAP_URL, DATA_DIR. The
// compiled modules on Node alone, as in the running office, where a kept mail is taken in while the next ones come.
import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--interrupt-budget=2000000'); // as bin/shouli.mjs does
const load = (path) => import(new URL(`../../dist/src/${path}.js`, import.meta.url).href);
const { openMailbox } = await load('mailbox/open-mailbox');
const { openRawStore } = await load('mailbox/raw-store');
const { parseMail } = await load('message/parse');
const { mailWordsSchema } = await load('message/words');
const { readYaml } = await load('config/yaml-file');
const { silentLog } = await load('log');

const words = readYaml('config/words/mail.yaml', 'mail.yaml', mailWordsSchema, []);
const rawStore = await openRawStore(process.env.DATA_DIR);
const hashes = new Set();
let splitting = Promise.resolve();
let kept = 0;

async function split(sha256) {
  for (const { bytes } of parseMail(await rawStore.read(sha256), words).attachments)
    hashes.add(createHash('sha256').update(bytes).digest('hex'));
}

const cursors = new Map(); // INBOX is looked at twice in a round
const ledger = {
  cursor: async (_, folder) => cursors.get(folder) ?? null,
  keep: async (arrivals) =>
    arrivals.map(({ raw }) => {
      splitting = splitting.then(() => split(raw.sha256));
      kept += 1;
      return { message: kept, isNew: true };
    }),
  passOver: async () => {},
  advance: async (_, folder, uidValidity, lastUid) => void cursors.set(folder, { uidValidity, lastUid }),
  knownUids: async () => new Set(),
};
const { IMAP_URL: imapUrl } = process.env;
const opens = new Date('2018-05-01T00:00:00+08:00');
const mailbox = openMailbox({ imapUrl, ledger, rawStore, opens, log: silentLog });
await mailbox.poll();
await mailbox.close();
await splitting;
console.log(`taken ${hashes.size}`);
