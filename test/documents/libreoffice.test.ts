import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { ole } from '../../fixtures/documents/hostile.ts';
import { cell, docx, p, photo, row, table, text } from '../../fixtures/documents/office.ts';
import type { ReadFile, Reading } from '../../src/documents/document.ts';
import { type Converter, type ConverterEnd, openConverter } from '../../src/documents/libreoffice/convert.ts';
import { findLibreOffice } from '../../src/documents/libreoffice/find.ts';
import { hashOf, readInPlaceOf } from '../../src/documents/libreoffice/kept.ts';
import { withLibreOffice } from '../../src/documents/libreoffice/with-libreoffice.ts';
import { pictureInside, readHere } from '../../src/documents/read-here.ts';
import { silentLog } from '../../src/log.ts';
import { documentOf, gridOf, seen } from './seen.ts';

const folder = mkdtempSync(join(tmpdir(), 'shouli-test-'));
const soffice = findLibreOffice();
const real = soffice ? openConverter(soffice) : null;
afterAll(async () => {
  await real?.close();
  rmSync(folder, { recursive: true, force: true });
});

const sample = (name: string) => readFileSync(new URL(`../../fixtures/documents/${name}`, import.meta.url));
const bare = { read: readHere, warm: async () => {}, close: async () => {} };
let folders = 0;
const newFolder = () => join(folder, String(folders++));

/** A reader with a LibreOffice that answers so; `asked` counts. */
function withAnswer(answer: ConverterEnd | (() => Promise<ConverterEnd>), kept: string | null = null) {
  const asked: string[] = [];
  const converter: Converter = {
    async convert(format) {
      asked.push(format);
      return typeof answer === 'function' ? answer() : answer;
    },
    close: async () => {},
  };
  return { ...withLibreOffice(bare, { log: silentLog, folder: kept, converter }), asked };
}

/** A .doc whose second row has lost its shape: cells are known, merges are not. */
function rough(): Buffer<ArrayBuffer> {
  const bytes = Buffer.from(sample('floating-photo.doc'));
  const shapes = Buffer.from([0x08, 0xd6]);
  const at = bytes.indexOf(shapes, bytes.indexOf(shapes) + 2);
  bytes.writeUInt16LE(0xd609, at); // sprmTDefTable becomes one that nobody knows
  return bytes;
}

const documentIn = (reading: Reading) => {
  if (reading.kind !== 'document') throw new Error(`read as ${JSON.stringify(reading)}`);
  return reading.document;
};
const read = async ({ read: by }: { read: ReadFile }, name: string, bytes: Buffer = sample(name)) =>
  documentIn(await by({ name, bytes }));
const word = (...words: string[]) => docx({ body: table('', row(...words)) });

test.each(['form.doc', 'floating-photo.doc', 'list-with-rows.wps', 'photo-in-cell.rtf'])(
  '%s is sound: nobody else is asked',
  async (name) => {
    const reader = withAnswer({ undone: 'failed' });
    expect((await read(reader, name)).rough).toBe(false);
    expect(reader.asked).toEqual([]);
  },
);

test('a table that contradicts itself is rough, and LibreOffice is asked for the whole', async () => {
  const reader = withAnswer({ undone: 'timed_out' });
  expect((await read(reader, '推荐表.doc', rough())).rough).toBe(true);
  expect(reader.asked).toEqual(['doc']);
});

test('Microsoft Works named its texts .wps, too; other files of the kind are nobody’s', async () => {
  const reader = withAnswer({ docx: await word('姓名', '李建国') });
  const works = ole({ CONTENTS: Buffer.alloc(4_096, 1) });
  expect(await reader.read({ name: '推荐表.wps', bytes: works })).toMatchObject({ kind: 'document', type: 'wps' });
  expect(await reader.read({ name: '推荐表.dat', bytes: works })).toMatchObject({ kind: 'unreadable', type: 'ole' });
  expect(reader.asked).toEqual(['works']);
});

test.each([
  ['it cannot', async (): Promise<ConverterEnd> => ({ undone: 'failed' })],
  ['it is too slow', async (): Promise<ConverterEnd> => ({ undone: 'timed_out' })],
  ['it rests', async (): Promise<ConverterEnd> => ({ undone: 'resting' })],
  ['it brings an empty file', async () => ({ docx: await docx({ body: '' }) })],
  ['it brings no Word file', async () => ({ docx: Buffer.from('PK') })],
  ['it lost words', async () => ({ docx: await word('姓名', '别人') })],
])('our own reading stands when %s', async (_, answer) => {
  const alone = await documentOf('推荐表.doc', rough());
  expect(await read(withAnswer(answer), '推荐表.doc', rough())).toEqual(alone);
});

/** All that we read of the rough file ourselves, as Word would have it. */
const asWord = async () => {
  const { blocks } = await documentOf('推荐表.doc', rough());
  const lines = blocks.flatMap((block) => (block.kind === 'paragraph' ? [text(block.text)] : []));
  const grid = blocks.flatMap((block) => (block.kind === 'grid' ? block.cells : []));
  const rows = grid.map((one) => row(cell(one.text)));
  return docx({
    body: lines.join('') + table('', ...rows) + p(photo('rIdphoto')),
    media: { 'photo.jpg': (await photoOf(rough())) ?? Buffer.alloc(0) },
  });
};
const photoOf = (bytes: Buffer) => pictureInside({ name: '推荐表.doc', bytes }, 0);

test('a converted file with all our lines, cells and pictures is read in place of a rough one', async () => {
  const reading = await read(withAnswer({ docx: await asWord() }), '推荐表.doc', rough());
  expect(reading.rough).toBeUndefined();
  expect(reading.pictures).toHaveLength(1);
});

test('one without the photo, or with fewer cells, is not', async () => {
  const own = await documentOf('推荐表.doc', rough());
  const all = own.blocks.flatMap((one) => (one.kind === 'grid' ? one.cells.map((each) => each.text) : [one.text]));
  expect(await read(withAnswer({ docx: await word(...all) }), '推荐表.doc', rough())).toEqual(own);
  const one = await docx({
    body: table('', row(all.join('\n'))) + p(photo('rIdphoto')),
    media: { 'photo.jpg': (await photoOf(rough())) ?? Buffer.alloc(0) },
  });
  expect(await read(withAnswer({ docx: one }), '推荐表.doc', rough())).toEqual(own);
});

test('an outcome is kept by the file’s hash, for its owner alone: the same file is read alike ever after', async () => {
  const kept = newFolder();
  const late = withAnswer({ undone: 'timed_out' }, kept);
  await read(late, '推荐表.doc', rough());
  await read(late, '推荐表.doc', rough());
  expect(late.asked).toHaveLength(1);
  const quick = withAnswer({ docx: await word('x') }, kept);
  expect((await read(quick, '推荐表.doc', rough())).rough).toBe(true);
  expect(quick.asked).toEqual([]);
  const [name = ''] = readdirSync(kept);
  expect(name).toBe(`${hashOf(rough())}.none`);
  expect(statSync(kept).mode & 0o777).toBe(0o700);
  expect(statSync(join(kept, name)).mode & 0o777).toBe(0o600);
});

test('a LibreOffice that rests is asked again', async () => {
  const kept = newFolder();
  await read(withAnswer({ undone: 'resting' }, kept), '推荐表.doc', rough());
  const again = withAnswer({ undone: 'failed' }, kept);
  await read(again, '推荐表.doc', rough());
  expect(again.asked).toHaveLength(1);
});

test('what is read in place of a file is there for its preview', async () => {
  const kept = newFolder();
  const works = ole({ CONTENTS: Buffer.alloc(4_096, 2) });
  const bytes = await word('姓名', '李建国');
  await withAnswer({ docx: bytes }, kept).read({ name: '推荐表.wps', bytes: works });
  const path = await readInPlaceOf(kept, hashOf(works));
  expect(path && readFileSync(path).equals(bytes)).toBe(true);
  expect(await readInPlaceOf(kept, hashOf(Buffer.from('other')))).toBeNull();
});

const cutShort = () => sample('floating-photo.doc').subarray(0, -512);

test('really converted: a file whose last bytes did not arrive is read, and nothing is held against it', async () => {
  if (!real) return console.log('soffice is not installed (libreoffice-writer-nogui): not tried');
  const kept = newFolder();
  const sound = await documentOf('推荐表.doc', sample('floating-photo.doc'));
  expect(await readHere({ name: '推荐表.doc', bytes: cutShort() })).toMatchObject({
    kind: 'unreadable',
    reason: 'corrupt',
  });
  const reader = withLibreOffice(bare, { log: silentLog, folder: kept, converter: real });
  const document = await read(reader, '推荐表.doc', cutShort());
  expect(document.rough).toBe(true);
  expect(document.page).toEqual({ widthMm: 420, heightMm: 297 });
  expect(document.pictures).toMatchObject([{ location: '表1第1行第7列', sha256: sound.pictures[0]?.sha256 }]);
  expect(seen(gridOf(document, '表1'))).toEqual(seen(gridOf(sound, '表1')));
  const later = withLibreOffice(bare, { log: silentLog, folder: kept, converter: null });
  expect(await read(later, '推荐表.doc', cutShort())).toEqual(document); // removed meanwhile, or in a book made again
});

test('really converted: where it reads two cells as one, our own reading stands', async () => {
  if (!real) return console.log('soffice is not installed (libreoffice-writer-nogui): not tried');
  const reader = withLibreOffice(bare, { log: silentLog, folder: null, converter: real });
  expect(await read(reader, '推荐表.doc', rough())).toEqual(await documentOf('推荐表.doc', rough()));
});

test('really converted: a file of which half is missing is refused', async () => {
  if (!real) return console.log('soffice is not installed (libreoffice-writer-nogui): not tried');
  const bytes = sample('floating-photo.doc').subarray(0, 9_000);
  expect(await real.convert('doc', bytes)).toEqual({ undone: 'failed' });
});

test('really converted: a picture elsewhere on the net is not fetched', async () => {
  if (!real) return console.log('soffice is not installed (libreoffice-writer-nogui): not tried');
  const { createServer } = await import('node:http');
  let fetched = 0;
  const server = createServer((_, answer) => {
    fetched += 1;
    answer.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  const url = `http://127.0.0.1:${typeof at === 'object' ? at?.port : 0}/photo.png`;
  const rtf = `{\\rtf1\\ansi {\\field{\\*\\fldinst INCLUDEPICTURE "${url}" \\\\d}{\\fldrslt }}{\\*\\template ${url}}a\\par}`;
  expect(await real.convert('rtf', Buffer.from(rtf))).toHaveProperty('docx');
  expect(fetched).toBe(0);
  server.close();
});
