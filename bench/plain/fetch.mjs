// The other half of bench/fetch.ts: imapflow + simpleParser, each attachment hashed, nothing kept. IMAP_URL.
import { createHash } from 'node:crypto';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';

const url = new URL(process.env.IMAP_URL ?? '');
const auth = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
const imap = new ImapFlow({ host: url.hostname, port: Number(url.port), secure: false, auth, logger: false });
await imap.connect();
await imap.mailboxOpen('INBOX', { readOnly: true });
const hashes = new Set();
for await (const { source } of imap.fetch('1:*', { source: true }))
  for (const { content } of (await simpleParser(source)).attachments)
    hashes.add(createHash('sha256').update(content).digest('hex'));
await imap.logout();
console.log(`taken ${hashes.size}`);
