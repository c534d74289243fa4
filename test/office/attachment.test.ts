import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { attachment, evidenceFile } from '../../src/office/attachment.ts';
import type { Previews } from '../../src/previews/preview.ts';
import { openPreviews } from '../../src/previews/previews.ts';
import { listMessages } from '../../src/store/message-list.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';

/** The files of recorded mails, out of the raw mail that was kept, as a reviewer asks for them. */
const stories = ['complete-in-one-mail', 'all-in-one-gbk-zip'] as const;
const raw = (story: (typeof stories)[number]) => readFileSync(`fixtures/personas/${story}/1.eml`);
const archive = '秦长河焦作工匠材料.zip';
let folder: string;
let office: TestOffice;
let previews: Previews;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shouli-mails-'));
  mkdirSync(join(folder, 'in'));
  for (const story of stories) writeFileSync(join(folder, 'in', `${story}.eml`), raw(story));
  office = await openTestOffice(
    { IMAP_URL: `file:${join(folder, 'in')}`, LETTERS: 'observe' },
    '2018-07-12T08:00:00+08:00',
  );
  await office.work();
  previews = openPreviews({ dataDir: office.settings.dataDir });
}, 60_000);
afterAll(async () => {
  await previews.close();
  await office.close();
  rmSync(folder, { recursive: true, force: true });
});

async function idOf(story: (typeof stories)[number]): Promise<number> {
  const sha256 = createHash('sha256').update(raw(story)).digest('hex');
  const mail = (await listMessages(office.db)).find((each) => each.sha256 === sha256);
  if (!mail) throw new Error(`${story} is not in the ledger`);
  return mail.id;
}

test('an attachment by the number of its mail: its bytes, its name, a media type of ours', async () => {
  const id = await idOf('complete-in-one-mail');
  const form = await attachment(office, previews, { id }, '推荐表（李建国）.docx');
  expect(form).toMatchObject({
    name: '推荐表（李建国）.docx',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  });
  expect(raw('complete-in-one-mail').toString('latin1').replace(/\s/g, '')).toContain(form?.bytes.toString('base64'));
  expect(await attachment(office, previews, { id }, '李建国照片.jpg')).toMatchObject({ type: 'image/jpeg' });
});

test('a file in a zip, by the identity of its mail', async () => {
  const id = await idOf('all-in-one-gbk-zip');
  const { identity } = await office.db
    .selectFrom('message')
    .select('identity')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const whole = await attachment(office, previews, { identity }, archive);
  expect(whole).toMatchObject({ name: archive, type: 'application/zip' });
  const inner = (await understoodFiles(id)).find((path) => path.endsWith('.docx')) ?? '';
  expect(inner.startsWith(`${archive}/`)).toBe(true);
  expect(await attachment(office, previews, { identity }, inner)).toMatchObject({ name: inner.split('/').at(-1) });
});

test('every file of the ledger can be looked at by its mail and path, with and without its hash', async () => {
  for (const story of stories) {
    const id = await idOf(story);
    for (const path of await understoodFiles(id)) {
      const file = await evidenceFile(office, { id }, path);
      const page = file && (await previews.page(file));
      expect(page?.kind).toMatch(path === archive ? 'none' : /html|picture|pages/);
      const sha256 = createHash('sha256')
        .update((await attachment(office, previews, { id }, path))?.bytes ?? '')
        .digest('hex');
      const hashed = await evidenceFile(office, { id }, path, sha256);
      expect(hashed && (await previews.page(hashed))).toEqual(page);
    }
  }
});

test('no such mail, no such file', async () => {
  const id = await idOf('complete-in-one-mail');
  expect(await attachment(office, previews, { id: 9_999 }, archive)).toBeNull();
  expect(await attachment(office, previews, { identity: 'f'.repeat(64) }, archive)).toBeNull();
  expect(await attachment(office, previews, { id }, '../../etc/passwd')).toBeNull();
  expect(await evidenceFile(office, { id: 9_999 }, archive)).toBeNull();
});

/** The paths that intake wrote into the ledger. */
async function understoodFiles(id: number): Promise<string[]> {
  const row = await office.db.selectFrom('message').select('understood').where('id', '=', id).executeTakeFirstOrThrow();
  return (row.understood as { files: { path: string }[] }).files.map(({ path }) => path);
}
