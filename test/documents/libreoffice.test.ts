import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { ole } from '../../fixtures/documents/hostile.ts';
import { docx, row, table } from '../../fixtures/documents/office.ts';
import type { Document, ReadFile, Reading } from '../../src/documents/document.ts';
import { type Converter, type ConverterEnd, openConverter } from '../../src/documents/libreoffice/convert.ts';
import { findLibreOffice } from '../../src/documents/libreoffice/find.ts';
import { hashOf, readInPlaceOf } from '../../src/documents/libreoffice/kept.ts';
import { withLibreOffice } from '../../src/documents/libreoffice/with-libreoffice.ts';
import { readHere } from '../../src/documents/read-here.ts';
import { silentLog } from '../../src/log.ts';
import { cellOf, documentOf } from './seen.ts';

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

const photoAt = ({ pictures }: Document) => pictures.map(({ location }) => location);
const documentIn = (reading: Reading) => {
  if (reading.kind !== 'document') throw new Error(`read as ${JSON.stringify(reading)}`);
  return reading.document;
};
const read = async ({ read: by }: { read: ReadFile }, name: string, bytes: Buffer = sample(name)) =>
  documentIn(await by({ name, bytes }));
const word = (...words: string[]) => docx({ body: table('', row(...words)) });

test.each(['form.doc', 'list-with-rows.wps'])(
  '%s is read to the end by ourselves: nobody else is asked',
  async (name) => {
    const reader = withAnswer({ undone: 'failed' });
    expect((await read(reader, name)).rough).toBe(false);
    expect(reader.asked).toEqual([]);
  },
);

test.each([
  ['floating-photo.doc', 'doc'],
  ['photo-in-cell.rtf', 'rtf'],
])('%s does not say where its photo stands: LibreOffice is asked', async (name, format) => {
  const reader = withAnswer({ undone: 'failed' });
  expect(photoAt(await read(reader, name))).toEqual(['']);
  expect(reader.asked).toEqual([format]);
});

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

test('a converted file with all our words and pictures is read in place of a rough one', async () => {
  const own = await documentOf('list.doc', rough());
  const all = own.blocks.flatMap((block) =>
    block.kind === 'grid' ? block.cells.map((cell) => cell.text) : [block.text],
  );
  const words = all.map((one) => one.replaceAll('\n', ' '));
  const photo = await real?.convert('doc', sample('floating-photo.doc'));
  const without = await read(withAnswer({ docx: await word(...words) }), '推荐表.doc', rough());
  expect(without).toEqual(own); // the photo is missing
  if (!photo || !('docx' in photo)) return console.log('soffice is not installed: the rest was not tried');
  const reading = await read(withAnswer(photo), '推荐表.doc', rough());
  expect(reading.rough).toBeUndefined();
  expect(photoAt(reading)).not.toContain('');
});

test('an outcome is kept by the file’s hash, for its owner alone: the same file is read alike ever after', async () => {
  const kept = newFolder();
  const late = withAnswer({ undone: 'timed_out' }, kept);
  await read(late, 'floating-photo.doc');
  await read(late, 'floating-photo.doc');
  expect(late.asked).toHaveLength(1);
  const quick = withAnswer({ docx: await word('x') }, kept);
  expect(photoAt(await read(quick, 'floating-photo.doc'))).toEqual(['']);
  expect(quick.asked).toEqual([]);
  const [name = ''] = readdirSync(kept);
  expect(name).toBe(`${hashOf(sample('floating-photo.doc'))}.none`);
  expect(statSync(kept).mode & 0o777).toBe(0o700);
  expect(statSync(join(kept, name)).mode & 0o777).toBe(0o600);
});

test('a LibreOffice that rests is asked again', async () => {
  const kept = newFolder();
  await read(withAnswer({ undone: 'resting' }, kept), 'floating-photo.doc');
  const again = withAnswer({ undone: 'failed' }, kept);
  await read(again, 'floating-photo.doc');
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

test.each(['floating-photo.doc', 'photo-in-cell.rtf'])(
  'really converted: the photo of %s stands in its cell',
  async (name) => {
    if (!real) return console.log('soffice is not installed (libreoffice-writer-nogui): not tried');
    const kept = newFolder();
    const reader = withLibreOffice(bare, { log: silentLog, folder: kept, converter: real });
    const alone = await documentOf(name, sample(name));
    const document = await read(reader, name);
    const place = '表1第1行第7列';
    expect(photoAt(document)).toEqual([place]);
    expect(cellOf(document, place)).toMatchObject({ rowSpan: 4, pictures: [0] });
    expect(document.pictures[0]?.sha256).toBe(alone.pictures[0]?.sha256);
    expect(document.page).toEqual({ widthMm: 420, heightMm: 297 });
    expect(document.blocks.map((block) => (block.kind === 'grid' ? block.cells.length : block.text))).toEqual(
      alone.blocks.map((block) => (block.kind === 'grid' ? block.cells.length : block.text)),
    );
    const later = withLibreOffice(bare, { log: silentLog, folder: kept, converter: null });
    expect(await read(later, name)).toEqual(document); // removed meanwhile, or in a book made again
  },
);

test('really converted: a file cut short on its way is refused, and read as before', async () => {
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
