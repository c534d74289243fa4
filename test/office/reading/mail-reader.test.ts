import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { ChildLimits } from '../../../src/documents/pool/children.ts';
import { openReader } from '../../../src/documents/reader.ts';
import { takeIn } from '../../../src/intake/index.ts';
import { understandingOf } from '../../../src/intake/understood.ts';
import type { Log } from '../../../src/log.ts';
import { openRawStore } from '../../../src/mailbox/raw-store.ts';
import { openMailReader } from '../../../src/office/reading/mail-reader.ts';
import { openWholeMails } from '../../../src/office/reading/whole-mails.ts';
import { readSettings } from '../../../src/settings.ts';
import type { WaitingMessage } from '../../../src/store/messages.ts';
import { at, persona } from '../../support/life.ts';
import { notice } from '../../support/notice.ts';

const folder = mkdtempSync(join(tmpdir(), 'shouli-reading-'));
const settings = readSettings({ DATA_DIR: folder, DATABASE_URL: 'postgres://nobody' }, folder);
const rawStore = await openRawStore(folder);
const files = openReader();
const whole = openWholeMails(notice);
afterAll(async () => {
  await Promise.all([files.close(), whole.close()]);
  rmSync(folder, { recursive: true });
});

/** The office's reader, whose children for whole mails are those of this file or have other limits; `told`: what the log says. */
function readerWith(limits?: Partial<ChildLimits>) {
  const own = limits ? openWholeMails(notice, limits) : whole;
  const told: string[] = [];
  const log = { info: ({ why }: { why: string }) => told.push(why) } as unknown as Log;
  return { ...openMailReader({ settings, notice, rawStore, log }, { files, whole: own }), whole: own, told };
}

async function kept(raw: Buffer): Promise<WaitingMessage> {
  const { sha256, identity, bytes } = await rawStore.keep(raw);
  const row = { id: 7, generation: 0, attempts: 0, ruled: null, broughtBy: null };
  return { ...row, identity, sha256, bytes, receivedAt: at('12 10:21:33') };
}

/** What comes of a mail whose every file is read by a process apart. */
async function fileByFile(raw: Buffer) {
  const message = { file: '7', sha256: (await kept(raw)).sha256, receivedAt: at('12 10:21:33'), raw };
  return understandingOf(await takeIn(message, { notice, ownAddresses: [notice.mailbox], read: files.read }));
}

async function mailWith(filename: string, content: Buffer): Promise<Buffer> {
  const letter = { from: 'jz-gh@163.com', to: notice.mailbox, subject: '焦作工匠材料', text: '见附件' };
  return new MailComposer({ ...letter, attachments: [{ filename, content }] }).compile().build();
}

/** All sample mails go both ways in test/long/same-in-one-process.test.ts; here one of each kind. */
const mails: [string, number][] = [
  ['complete-in-one-mail', 1],
  ['two-nominees-one-mail', 1],
  ['all-in-one-gbk-zip', 1],
  ['rar-only', 1],
  ['form-as-doc', 1],
  ['sealed-form-as-scanned-pdf', 1],
  ['bounce-of-our-letter', 1],
  ['huge-attachment-link-only', 1],
];

test.each(mails)('%s, mail %i: understood in one process as file by file', async (story, number) => {
  const raw = persona(story, number);
  const reader = readerWith();
  const understanding = await reader.read(await kept(raw));
  expect(reader.told).toEqual([]);
  expect(understanding).toEqual(await fileByFile(raw));
});

test('a mail that takes longer than its time is taken apart file by file, and the next one is not', async () => {
  const raw = persona('complete-in-one-mail');
  const reader = readerWith({ wallMs: 1 });
  expect(await reader.read(await kept(raw))).toEqual(await fileByFile(raw));
  expect(reader.told).toEqual([expect.stringMatching(/^timed_out/)]);
  await reader.whole.close();
});

test('an old Word file in doubt is left to those who may ask LibreOffice', async () => {
  const doc = readFileSync('fixtures/documents/floating-photo.doc');
  const torn = await mailWith('推荐表.doc', doc.subarray(0, doc.length / 2));
  const sound = await mailWith('推荐表.doc', doc);
  const reader = readerWith();
  expect(await reader.read(await kept(torn))).toEqual(await fileByFile(torn));
  expect(reader.told).toEqual([expect.stringContaining('in doubt')]);
  expect(await reader.read(await kept(sound))).toEqual(await fileByFile(sound));
  expect(reader.told).toHaveLength(1);
});

test('a raw mail that is no longer what its name says is refused, whoever reads it', async () => {
  const damaged = { ...(await kept(persona('advertisement'))), sha256: '0'.repeat(64) };
  await expect(readerWith().read(damaged)).rejects.toMatchObject({ kind: 'permanent' });
});

test('closed while it works: the mail is tried again after the next start', async () => {
  const reader = readerWith({ children: 1 });
  const reading = reader.read(await kept(persona('complete-in-one-mail')));
  setTimeout(() => void reader.whole.close(), 100);
  await expect(reading).rejects.toMatchObject({ kind: 'temporary' });
  await expect(reader.read(await kept(persona('advertisement')))).rejects.toMatchObject({ kind: 'temporary' });
});
