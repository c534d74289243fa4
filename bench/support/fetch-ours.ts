// Our half of bench/fetch.ts: the mailbox into raw files, each split, its attachments hashed. IMAP_URL, DATA_DIR. Bundled and
// on Node alone, as in the running office, where a kept mail is taken in while the next ones come.
import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { readYaml } from '../../src/config/yaml-file.ts';
import { silentLog } from '../../src/log.ts';
import { openMailbox } from '../../src/mailbox/open-mailbox.ts';
import { openRawStore } from '../../src/mailbox/raw-store.ts';
import { parseMail } from '../../src/message/parse.ts';
import { mailWordsSchema } from '../../src/message/words.ts';
import { noBooks } from './no-books.ts';

setFlagsFromString('--interrupt-budget=2000000'); // as bin/shouli.mjs does
const { IMAP_URL: imapUrl = '', DATA_DIR: dataDir = '' } = process.env;
const words = readYaml('config/words/mail.yaml', 'mail.yaml', mailWordsSchema, []);
if (!words) throw new Error('config/words/mail.yaml is not as it should be');
const rawStore = await openRawStore(dataDir);
const hashes = new Set<string>();
let splitting = Promise.resolve();

const split = async (sha256: string) => {
  for (const { bytes } of parseMail(await rawStore.read(sha256), words).attachments)
    hashes.add(createHash('sha256').update(bytes).digest('hex'));
};

const ledger = noBooks(({ raw }) => {
  splitting = splitting.then(() => split(raw.sha256));
});
const opens = new Date('2018-05-01T00:00:00+08:00');
const mailbox = openMailbox({ imapUrl, ledger, rawStore, opens, log: silentLog });
await mailbox?.poll();
await mailbox?.close();
await splitting;
console.log(`taken ${hashes.size}`);
