import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { noisyJpeg } from '../../fixtures/documents/hostile.ts';
import { docx, row, table, text } from '../../fixtures/documents/office.ts';
import { openRawStore } from '../../src/mailbox/raw-store.ts';
import { openCache, previewsIn, tidyPreviews } from '../../src/previews/cache.ts';
import type { EvidenceFile } from '../../src/previews/preview.ts';
import { inMail, keys, openDesk } from './desk.ts';

const troubled = fileURLToPath(new URL('./trouble-child.ts', import.meta.url));
const form = await docx({ body: text('焦作工匠推荐表') + table(row('姓名', '李工匠')) });
const kept = (folder: string) => readdirSync(previewsIn(folder)).sort();

/** A desk whose child counts what it is asked, and does what the name of the file says. */
function troubledDesk(limits = {}, more = {}) {
  const desk = openDesk({ wallMs: 1_000, ...limits }, { childFile: troubled }, more);
  return { ...desk, file: (name: string): EvidenceFile => ({ name, sha256: 'a'.repeat(64), at: { file: name } }) };
}

test('a second look comes from the disk, whole, and nobody else may read it', async () => {
  const desk = openDesk();
  const file = desk.file('推荐表.docx', form);
  const first = await desk.page(file, { places: ['表1第1行第2列'] });
  const [name = '', ...others] = kept(desk.dataDir);
  expect(others).toEqual([]);
  expect(name).toMatch(new RegExp(`^${file.sha256}-[0-9a-z]+-page-[0-9a-f]{16}$`));
  expect(statSync(join(previewsIn(desk.dataDir), name)).mode & 0o777).toBe(0o600);
  expect(statSync(previewsIn(desk.dataDir)).mode & 0o777).toBe(0o700);
  const start = performance.now();
  expect(await desk.page(file, { places: ['表1第1行第2列'] })).toEqual(first);
  expect(performance.now() - start).toBeLessThan(100);
});

test('ten at once who ask for the same are served by one child’s work; others wait for nobody', async () => {
  const desk = troubledDesk();
  const answers = await Promise.all(Array.from({ length: 10 }, () => desk.page(desk.file('count'))));
  expect(new Set(answers.map((answer) => 'reason' in answer && answer.reason))).toEqual(new Set(['1 asked']));
  expect(await desk.page(desk.file('count'), { places: ['表1'] })).toMatchObject({ reason: '2 asked' });
  expect(await desk.page(desk.file('count'))).toMatchObject({ reason: '1 asked' });
});

test.each([
  ['loop for ever', '读取时间过长，已停止。'],
  ['fill the heap', '读取所需内存过多，已停止。'],
  ['abort', '读取程序意外中断。'],
])('a file that makes its child %s is named, not kept, and the next is shown', async (name, reason) => {
  const desk = troubledDesk({ heapMegabytes: 40, wallMs: name === 'fill the heap' ? 8_000 : 1_000 });
  expect(await desk.page(desk.file(name))).toMatchObject({ kind: 'none', reason });
  expect(await desk.picture(desk.file(name), { size: 'screen' })).toMatchObject({ kind: 'none', reason });
  expect(existsSync(previewsIn(desk.dataDir))).toBe(false);
  expect(await desk.page(desk.file('count'))).toMatchObject({ reason: '1 asked' });
});

test('children go home when nothing is asked, and come again', async () => {
  const desk = troubledDesk({}, { idleMs: 100 });
  const pidOf = async (places: string[]) => {
    const answer = await desk.page(desk.file('tell the process'), { places });
    return Number('reason' in answer ? answer.reason : 0);
  };
  const first = await pidOf(['1']);
  expect(await pidOf(['2'])).toBe(first);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(() => process.kill(first, 0)).toThrow('ESRCH');
  expect(await pidOf(['3'])).not.toBe(first);
});

test('closed is closed: what is asked then may be asked again later', async () => {
  const desk = troubledDesk({ wallMs: 60_000 });
  const running = desk.page(desk.file('loop for ever'));
  const end = expect(running).rejects.toMatchObject({ kind: 'temporary' });
  await new Promise((resolve) => setTimeout(resolve, 800));
  await desk.close();
  await end;
  await expect(desk.page(desk.file('count'))).rejects.toMatchObject({ kind: 'temporary' });
});

test.each([['an empty file'], ['a file of zeros'], ['half a file']])(
  '%s in the cache, from a power cut, is made again',
  async (what) => {
    const desk = openDesk();
    const file = desk.file('推荐表.docx', form);
    const first = await desk.page(file);
    const kept = join(previewsIn(desk.dataDir), readdirSync(previewsIn(desk.dataDir))[0] ?? '');
    const bytes = readFileSync(kept);
    writeFileSync(
      kept,
      { 'an empty file': '', 'a file of zeros': Buffer.alloc(bytes.length) }[what] ?? bytes.subarray(0, 20),
    );
    expect(await desk.page(file)).toEqual(first);
    expect(readFileSync(kept).equals(bytes)).toBe(true);
  },
);

test('a full disk shows the page all the same', async () => {
  const cache = openCache('/dev/null/previews');
  await cache.put('name', 'bytes');
  expect(await cache.get('name')).toBeNull();
});

test.each([
  ['a hash that climbs', { sha256: '../../../etc/passwd' }, { size: 'screen' }],
  ['a size nobody offers', {}, { size: '../x' }],
  ['a turn by 45°', {}, { size: 'screen', rotate: 45 }],
  ['page minus one', {}, { size: 'screen', page: -1 }],
  ['picture one and a half', {}, { size: 'screen', index: 1.5 }],
])('%s is refused before anything is done', async (_, file, wanted) => {
  const desk = openDesk();
  const evidence = { ...desk.file('a.jpg', form), ...file };
  await expect(desk.picture(evidence, wanted as never)).rejects.toMatchObject({ kind: 'usage' });
});

test('old previews go after 30 days, then the longest unseen above 2 GB, then parts of killed writes', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'shouli-previews-'));
  const cache = openCache(previewsIn(dataDir));
  const put = async (name: string, ageHours: number, bytes = 10) => {
    await cache.put(name, Buffer.alloc(bytes));
    const at = new Date(Date.now() - ageHours * 3_600_000);
    utimesSync(join(previewsIn(dataDir), name), at, at);
  };
  expect(await tidyPreviews(dataDir)).toBe(0);
  await put('29 days', 29 * 24);
  await put('31 days', 31 * 24);
  await put('new.part', 0.5);
  await put('old.part', 2);
  expect(await tidyPreviews(dataDir)).toBe(2);
  expect(kept(dataDir)).toEqual(['29 days', 'new.part']);
  await put('yesterday', 24, 80);
  await cache.get('29 days'); // looked at now: the longest unseen is another
  expect(await tidyPreviews(dataDir, { maxAgeMs: 30 * 24 * 3_600_000, maxBytes: 50 })).toBe(1);
  expect(kept(dataDir)).toEqual(['29 days', 'new.part']);
});

test('a kept mail’s attachment, a file in its zip, one that is not there, a raw mail that is gone or not itself', async () => {
  const desk = openDesk();
  const story = 'fixtures/personas/all-in-one-gbk-zip/1.eml';
  const archive = '秦长河焦作工匠材料.zip';
  expect(await desk.page(inMail(story, archive))).toMatchObject({
    kind: 'none',
    reason: 'zip 压缩包：里面的文件已分别列出。',
  });
  expect(await desk.page(inMail(story, `${archive}/没有.docx`))).toMatchObject({ reason: '邮件里没有找到这个附件。' });
  expect(await desk.original(inMail(story, '没有.docx').at)).toBeNull();
  const evidence = inMail(story, archive);
  const gone = { ...evidence, at: { mail: { file: '/nowhere.eml', sha256: 'a'.repeat(64) }, attachment: 'a', keys } };
  await expect(desk.page(gone)).rejects.toMatchObject({
    kind: 'permanent',
    forPerson: expect.stringContaining('读不到原始邮件文件'),
  });
  const other = { ...evidence, at: { mail: { file: story, sha256: 'a'.repeat(64) }, attachment: archive, keys } };
  await expect(desk.page(other)).rejects.toMatchObject({
    kind: 'permanent',
    forPerson: expect.stringContaining('已损坏'),
  });
});

test('a file that is not the one recorded is not shown as if it were, nor remembered against the right one', async () => {
  const desk = openDesk();
  const right = desk.file('推荐表.docx', form);
  const wrong = desk.file('别的.docx', await docx({ body: text('别的') }));
  expect(await desk.page({ ...right, at: wrong.at })).toMatchObject({
    kind: 'none',
    reason: expect.stringContaining('不一致'),
  });
  expect(await desk.page(right)).toMatchObject({ kind: 'html' });
});

test('a mail of 50 MB: page, picture and the very bytes, without this process ever holding the mail', async () => {
  const desk = openDesk();
  const dataDir = mkdtempSync(join(tmpdir(), 'shouli-raw-'));
  const store = await openRawStore(dataDir);
  const photo = await noisyJpeg(2_000, 1_500, 100);
  const before = largeMail(photo);
  const { sha256 } = await store.keep(before);
  const at = (attachment: string) => ({ mail: { file: store.path(sha256), sha256 }, attachment, keys });
  const evidence = (name: string): EvidenceFile => ({ name, sha256: null, at: at(name) });
  expect(before.length).toBeGreaterThan(40e6);
  const resident = process.memoryUsage.rss();
  expect(await desk.page(evidence('推荐表.docx'))).toMatchObject({ kind: 'html' });
  expect(await desk.picture(evidence('大图1.jpg'), { size: 'screen' })).toMatchObject({ kind: 'jpeg' });
  expect(process.memoryUsage.rss() - resident).toBeLessThan(60e6);
  expect((await desk.original(at('推荐表.docx')))?.bytes.equals(form)).toBe(true);
  expect(await desk.original(at('大图1.jpg'))).toMatchObject({ name: '大图1.jpg', type: 'jpeg' });
});

function largeMail(photo: Buffer): Buffer {
  const count = Math.ceil(42e6 / 1.37 / photo.length);
  const photos = Array.from({ length: count }, (_, index) => ({ name: `大图${index + 1}.jpg`, bytes: photo }));
  const part = (name: string, bytes: Buffer) =>
    `--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename*=UTF-8''${encodeURIComponent(name)}\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`;
  const parts = [{ name: '推荐表.docx', bytes: form }, ...photos].map(({ name, bytes }) => part(name, bytes));
  return Buffer.from(
    `From: a@b.cn\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts.join('')}--b--\r\n`,
  );
}
