import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hostileFiles } from '../../../fixtures/documents/hostile.ts';
import { docx, docxFiles, row, table, text, zip } from '../../../fixtures/documents/office.ts';
import type { Reading } from '../../../src/documents/document.ts';
import { readHere } from '../../../src/documents/read-here.ts';
import { openReader, type Reader } from '../../../src/documents/reader.ts';

const maxMs = 10_000;
const maxNextMs = 2_000;
const maxChildBytes = 512 * 1024 * 1024;

let reader: Reader;
let childBytes = 0;
let ordinary: Buffer;
beforeAll(async () => {
  ordinary = await docx({ body: text('焦作工匠推荐表') + table(row('姓名', '李工匠')) });
  reader = openReader(
    { children: 1 },
    {
      onChildMemory: (bytes) => {
        childBytes = Math.max(childBytes, bytes);
      },
    },
  );
});
afterAll(() => reader.close());

/** One line that a person could act on. */
function answer(reading: Reading): string {
  if (reading.kind === 'unreadable') return `${reading.type} ${reading.reason}`;
  if (reading.kind === 'document') return `${reading.type} read${reading.document.cut ? ', cut' : ''}`;
  if (reading.kind !== 'container') return `${reading.type} ${reading.kind}`;
  const reasons = [...new Set(reading.refused.map((entry) => entry.reason))];
  return `${reading.type} ${reading.entries.length} taken, ${reading.refused.length} refused ${reasons}`.trim();
}

const answers: [trouble: string, answer: string][] = [
  ['a docx cut in half', 'docx corrupt'],
  ['a docx that is no zip', 'unknown corrupt'],
  ['a docx of zeros', 'unknown corrupt'],
  ['a zip with a password', 'zip encrypted'],
  ['a zip with an AES password', 'zip encrypted'],
  ['an xlsx with a password', 'xlsx encrypted'],
  ['an xls with a password', 'xls encrypted'],
  ['a doc with a password', 'doc encrypted'],
  ['a PDF with a password', 'pdf encrypted'],
  ['a PDF cut short', 'pdf corrupt'],
  ['a photo of no bytes', 'empty empty'],
  ['a photo cut in half', 'jpeg corrupt'],
  ['a PNG of 20,000 × 20,000', 'png too_large'],
  ['a docx with sixty pictures of 100 megapixels', 'docx read, cut'],
  ['a drop-down over whole columns', 'xlsx read'],
  ['a merge over the whole sheet', 'xlsx read'],
  ['one cell in the last corner', 'xlsx read'],
  ['a million rows', 'xlsx too_large'],
  ['two hundred thousand empty rows', 'xlsx read'],
  ['a column of formatted cells down to row 200,000', 'xlsx read'],
  ['a billion laughs in a docx', 'docx unsafe'],
  ['a billion laughs in an xlsx', 'xlsx unsafe'],
  ['a docx of 1.5 million paragraphs', 'docx too_large'],
  ['a docx that expands to 400 MB', 'docx too_large'],
  ['a docx as large as allowed', 'docx read, cut'],
  ['a docx whose part is larger than it says', 'docx unsafe'],
  ['tables in tables, 100,000 deep', 'docx unsafe'],
  ['a table of 150,000 cells', 'docx read, cut'],
  ['a docx that shows a picture from elsewhere', 'docx read'],
  ['ten files of 200 MB', 'zip 0 taken, 10 refused too_large'],
  ['zips in zips', 'zip 10 taken, 0 refused'],
  ['a zip whose entry is larger than it says', 'zip 1 taken, 1 refused unsafe'],
  ['a zip of 65,000 files', 'zip too_large'],
  ['names that climb out of the folder', 'zip 2 taken, 6 refused unsafe'],
  ['a link in a zip', 'zip 0 taken, 1 refused unsafe'],
  ['an HTML ".xls" of 20 MB', 'html read, cut'],
  ['tags in tags, a million deep', 'html unsafe'],
  ['a text of 75 MB', 'text read, cut'],
  ['a doc that points outside itself', 'doc corrupt'],
  ['an OLE file that runs in a circle', 'xls corrupt'],
  ['an RTF of braces', 'rtf unsafe'],
  ['a file larger than the door', 'unknown too_large'],
];

test.each(answers)('%s: %s', async (trouble, expected) => {
  const file = await hostileFiles[trouble]?.();
  if (!file) throw new Error(`nothing makes ${trouble}`);
  const before = process.memoryUsage.rss();
  childBytes = 0;
  const start = performance.now();
  expect(answer(await reader.read(file))).toBe(expected);
  const end = performance.now();
  expect(await reader.read({ name: '推荐表.docx', bytes: ordinary })).toMatchObject({ kind: 'document' });
  expect(end - start).toBeLessThan(maxMs);
  expect(performance.now() - end).toBeLessThan(maxNextMs);
  expect(childBytes).toBeLessThan(maxChildBytes);
  expect(process.memoryUsage.rss() - before).toBeLessThan(3 * file.bytes.length + 100e6);
});

test('every hostile file has its line above', () => {
  expect(answers.map(([trouble]) => trouble)).toEqual(Object.keys(hostileFiles));
});

test('any bytes have an answer', async () => {
  const names = fc.constantFrom('a.docx', 'a.doc', 'a.xls', 'a.zip', 'a.jpg', 'a.pdf', 'a.eml', '', '..');
  const starts = fc.constantFrom(
    '',
    'PK\x03\x04',
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    '{\\rtf1',
    '<html>',
    '<?xml',
    'BM',
    '%PDF-1.4',
    '\xff\xd8\xff',
    'GIF89a',
    'From: a\n',
  );
  await fc.assert(
    fc.asyncProperty(names, starts, fc.uint8Array({ maxLength: 600 }), async (name, start, rest) => {
      const reading = await readHere({ name, bytes: Buffer.concat([Buffer.from(start, 'latin1'), rest]) });
      expect(['document', 'picture', 'container', 'message', 'unreadable']).toContain(reading.kind);
    }),
    { numRuns: 400 },
  );
});

test('any word of a form may be broken and it still has an answer', async () => {
  const files = docxFiles({ body: table(row('姓名', '李工匠'), row('性别', '男')), header: text('页眉') });
  const part = fc.constantFrom(...Object.keys(files));
  await fc.assert(
    fc.asyncProperty(part, fc.nat(2_000), fc.string({ maxLength: 8 }), async (name, at, put) => {
      const whole = `${files[name]}`;
      const place = at % whole.length;
      const broken = { ...files, [name]: whole.slice(0, place) + put + whole.slice(place + put.length) };
      const reading = await readHere({ name: '推荐表.docx', bytes: await zip(broken) });
      expect(['document', 'container', 'unreadable']).toContain(reading.kind);
    }),
    { numRuns: 150 },
  );
});
