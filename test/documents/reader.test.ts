import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { noisyJpeg } from '../../fixtures/documents/hostile.ts';
import { docx, row, table, zip } from '../../fixtures/documents/office.ts';
import type { Reading } from '../../src/documents/document.ts';
import { openReader, type Reader, type ReaderLimits } from '../../src/documents/reader.ts';
import { Failure } from '../../src/errors.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const open: Reader[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((reader) => reader.close()));
});

/** A reader whose children do what the name of the file says. */
function troubled(limits: Partial<ReaderLimits> = {}): Reader {
  const reader = openReader({ wallMs: 1_000, ...limits }, { childFile: here('./trouble-child.ts') });
  open.push(reader);
  return reader;
}
const ask = (reader: Reader, name: string) => reader.read({ name, bytes: Buffer.alloc(3) });
const said = (reading: Reading) =>
  reading.kind === 'unreadable' ? `${reading.reason} ${reading.detail}`.trim() : reading.kind;
const childrenOfMine = () =>
  readFileSync(`/proc/self/task/${process.pid}/children`, 'latin1').trim().split(' ').filter(Boolean).length;
const isAlive = (pid: number) =>
  existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
async function until(what: () => boolean, ms: number): Promise<boolean> {
  for (const end = performance.now() + ms; performance.now() < end; ) {
    if (what()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return what();
}

test('a form goes in as bytes and comes out read; the files of a zip come out as bytes', async () => {
  const reader = openReader();
  open.push(reader);
  const form = await docx({ body: table(row('姓名', '李工匠')) });
  expect(await reader.read({ name: '推荐表.docx', bytes: form })).toMatchObject({
    kind: 'document',
    type: 'docx',
    document: { blocks: [{ name: '表1', cells: { length: 2 } }] },
  });
  const packed = await reader.read({ name: '材料.zip', bytes: await zip({ 'form.docx': form }) });
  expect(packed).toEqual({
    kind: 'container',
    type: 'zip',
    entries: [{ path: 'form.docx', bytes: form }],
    refused: [],
  });
  expect(Buffer.isBuffer(packed.kind === 'container' && packed.entries[0]?.bytes)).toBe(true);
});

test('nothing is forked before the first file, nor for a file that is too large to look at', async () => {
  const before = childrenOfMine();
  const reader = troubled({ fileBytes: 10 });
  expect(said(await reader.read({ name: 'wait a little', bytes: Buffer.alloc(11) }))).toMatch(/^too_large/);
  expect(childrenOfMine()).toBe(before);
  await ask(reader, 'wait a little');
  expect(childrenOfMine()).toBe(before + 1);
});

test.each([
  ['loop for ever', {}, 'timed_out'],
  ['never answer', {}, 'timed_out'],
  ['fill the heap', { heapMegabytes: 40, wallMs: 8_000 }, 'out_of_memory'],
  ['fill memory beside the heap', { residentBytes: 250e6, wallMs: 8_000 }, 'out_of_memory'],
  ['abort', {}, 'crashed'],
  ['exit', {}, 'crashed'],
  ['die of a bad pointer', {}, 'crashed'],
  ['throw a fault of ours', {}, 'crashed'],
])('a child that would %s is named, and the next file is read within two seconds', async (name, limits, reason) => {
  const reader = troubled({ children: 1, ...limits });
  expect(await ask(reader, name)).toMatchObject({ kind: 'unreadable', reason });
  const start = performance.now();
  expect(said(await ask(reader, 'anything'))).toBe('unsupported 3');
  expect(performance.now() - start).toBeLessThan(2_000);
});

test('on a busy computer a file is waited for: what its child waits for a processor does not count', async () => {
  const reader = troubled({ wallMs: 1_000, children: 1 });
  await ask(reader, 'anything'); // the child is up
  const others = Array.from({ length: 4 * cpus().length }, () => spawn(process.execPath, ['-e', 'for (;;);']));
  try {
    const start = performance.now();
    expect(said(await ask(reader, 'compute for 300 ms'))).toBe('unsupported 3');
    expect(performance.now() - start).toBeGreaterThan(1_000);
  } finally {
    for (const other of others) other.kill('SIGKILL');
  }
});

test('files that wait behind two that never end are read all the same', async () => {
  const reader = troubled();
  const names = ['loop for ever', 'loop for ever', 'a', 'abort', 'b', 'exit', 'c', 'd'];
  const answers = await Promise.all(names.map((name) => ask(reader, name)));
  expect(answers.map((answer) => said(answer).split(' ')[0])).toEqual([
    'timed_out',
    'timed_out',
    'unsupported',
    'crashed',
    'unsupported',
    'crashed',
    'unsupported',
    'unsupported',
  ]);
});

test('a small file that lay ready behind one that kills the child is read by another', async () => {
  const reader = troubled({ children: 1 });
  await ask(reader, 'anything'); // the child is up
  const names = ['wait a little.jpg', 'abort.jpg', 'a.jpg', 'exit.jpg', 'b.jpg', 'loop for ever.jpg', 'c.jpg'];
  const answers = await Promise.all(names.map((name) => ask(reader, name)));
  expect(answers.map((answer) => said(answer))).toEqual([
    ...['unsupported 3', 'crashed', 'unsupported 3', 'crashed', 'unsupported 3', 'timed_out', 'unsupported 3'],
  ]);
});

test('small files go through one child in the order in which they came, one at a time', async () => {
  const reader = troubled({ children: 1 });
  const names = Array.from({ length: 12 }, (_, at) => `count ${at}.jpg`);
  const told = await Promise.all(names.map((name) => ask(reader, name)));
  expect(told.map((answer) => said(answer))).toEqual(names.map((_, at) => `unsupported ${at} of 1`));
});

test('a child that the system kills again and again is given up in the end', async () => {
  const reader = troubled({ children: 1 });
  expect(said(await ask(reader, 'be killed'))).toMatch(/^crashed/);
  expect(said(await ask(reader, 'anything'))).toBe('unsupported 3');
});

test('an idle child that the system killed is no fault of the next file', async () => {
  const reader = troubled({ children: 1 });
  const pid = Number(said(await ask(reader, 'tell the process')).split(' ')[1]);
  process.kill(pid, 'SIGKILL');
  expect(said(await ask(reader, 'anything'))).toBe('unsupported 3');
  expect(said(await ask(reader, 'tell the process'))).not.toBe(`unsupported ${pid}`);
});

test('a child is kept for the next file, unless it grew too large', async () => {
  const reader = troubled({ children: 1 });
  const first = said(await ask(reader, 'tell the process'));
  expect(said(await ask(reader, 'tell the process'))).toBe(first);
  await reader.read({ name: 'wait a little', bytes: Buffer.alloc(79e6, 1) });
  await reader.read({ name: 'wait a little', bytes: Buffer.alloc(79e6, 1) });
  expect(said(await ask(reader, 'tell the process'))).not.toBe(first);
});

test('where one child is enough, the spare one starts behind a task that lasts, and not before', async () => {
  const reader = troubled({ wallMs: 10_000, spareAfterMs: 300 });
  await reader.warm();
  const quick = await Promise.all([1, 2, 3, 4].map(() => ask(reader, 'tell the process')));
  expect(new Set(quick.map(said)).size).toBe(1);
  const slow = expect(ask(reader, 'loop for ever')).rejects.toMatchObject({ kind: 'temporary' });
  const began = performance.now();
  const [behind, afterIt] = await Promise.all([ask(reader, 'tell the process'), ask(reader, 'tell the process')]);
  expect(performance.now() - began).toBeGreaterThan(290);
  expect(performance.now() - began).toBeLessThan(5_000); // long before the loop is ended
  expect(said(behind)).not.toBe(said(quick[0] as Reading));
  expect(said(afterIt)).toBe(said(behind));
  await reader.close();
  await slow;
});

test('a child knows nothing of our environment and has nothing to read from', async () => {
  process.env.IMAP_URL_FOR_TEST = 'secret';
  const reader = troubled();
  const names = said(await ask(reader, 'tell the environment'));
  delete process.env.IMAP_URL_FOR_TEST;
  expect(names).not.toMatch(/IMAP|PATH|HOME|NODE_OPTIONS/);
  expect(said(await ask(reader, 'read the standard input'))).toBe('unsupported read 0 bytes');
});

test('closing kills what runs, at once, and says that the file is to be read later', async () => {
  const reader = troubled({ wallMs: 60_000 });
  const pid = Number(said(await ask(reader, 'tell the process')).split(' ')[1]);
  const running = [ask(reader, 'loop for ever'), ask(reader, 'never answer'), ask(reader, 'still waiting')];
  const ends = Promise.allSettled(running);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const start = performance.now();
  await reader.close();
  expect(performance.now() - start).toBeLessThan(1_200);
  for (const end of await ends)
    expect(end).toMatchObject({ status: 'rejected', reason: { name: Failure.name, kind: 'temporary' } });
  expect(await until(() => !isAlive(pid), 1_000)).toBe(true);
  await expect(ask(reader, 'anything')).rejects.toMatchObject({ kind: 'temporary' });
});

test('a reader that read nothing closes', async () => {
  await openReader().close();
});

test('a child in an endless loop does not outlive a parent killed without warning', async () => {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const parent = spawn(process.execPath, ['--import', tsx, here('./doomed-parent.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const child = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
  await new Promise((resolve) => setTimeout(resolve, 300)); // into the loop
  expect(isAlive(child)).toBe(true);
  parent.kill('SIGKILL');
  expect(await until(() => !isAlive(child), 5_000)).toBe(true);
});

const scan = (width = 1600) => noisyJpeg(width, 1200);

test('of a certificate that its name tells, only the size is looked at: the same size, no colours', async () => {
  const reader = openReader();
  open.push(reader);
  const turned = await sharp(await scan())
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 95 })
    .toBuffer();
  const [glance, look] = await Promise.all([
    reader.read({ name: '荣誉证书.jpg', bytes: turned, sizeOnly: true }),
    reader.read({ name: '荣誉证书.jpg', bytes: turned }),
  ]);
  const size = { width: 1200, height: 1600, orientation: 6 };
  expect(glance).toMatchObject({ kind: 'picture', type: 'jpeg', picture: { ...size, grey: null, paperShare: null } });
  expect(look).toMatchObject({ kind: 'picture', type: 'jpeg', picture: { ...size, grey: expect.any(Boolean) } });
});

test.each([
  ['cut short', (jpeg: Buffer) => jpeg.subarray(0, jpeg.length - 20_000), 'corrupt 图片不完整'],
  [
    'with a film of the moment behind its end',
    (jpeg: Buffer) => Buffer.concat([jpeg, Buffer.alloc(9_000, 'moov')]),
    'picture',
  ],
])('a JPEG %s is looked at whole, whatever its name', async (_, harm, expected) => {
  const reader = openReader();
  open.push(reader);
  const reading = await reader.read({ name: '荣誉证书.jpg', bytes: harm(await scan()), sizeOnly: true });
  expect(said(reading)).toBe(expected);
  if (reading.kind === 'picture') expect(reading.picture.grey).not.toBeNull();
});
