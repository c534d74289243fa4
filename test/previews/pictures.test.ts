import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { blackPng, noisyJpeg, pdfOf } from '../../fixtures/documents/hostile.ts';
import { cell, docx, p, photo, row, table, text } from '../../fixtures/documents/office.ts';
import { scannedPdf, textPdf } from '../../fixtures/make/pdf.ts';
import type { PictureShown, PictureWanted } from '../../src/previews/preview.ts';
import { openDesk } from './desk.ts';

const desk = openDesk();

/** Left half red, right half blue: which way is up shows. */
const halves = (width = 400, height = 200) =>
  sharp({ create: { width, height, channels: 3, background: '#0000ff' } }).composite([
    {
      input: { create: { width: width / 2, height, channels: 3, background: '#ff0000' } },
      left: 0,
      top: 0,
    },
  ]);

async function see(shown: PictureShown) {
  if (shown.kind !== 'jpeg') return shown.reason;
  const { width, height, exif, icc, orientation } = await sharp(shown.bytes).metadata();
  const at = async (x: number, y: number) => {
    const { data } = await sharp(shown.bytes)
      .extract({ left: Math.floor(x * width), top: Math.floor(y * height), width: 1, height: 1 })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return (data[0] ?? 0) > 128 ? ((data[2] ?? 0) > 128 ? 'white' : 'red') : (data[2] ?? 0) > 128 ? 'blue' : 'black';
  };
  return {
    size: `${width}×${height}`,
    left: await at(0.1, 0.5),
    top: await at(0.5, 0.1),
    bottom: await at(0.5, 0.9),
    exif,
    icc,
    orientation,
  };
}

const show = async (name: string, bytes: Buffer, wanted: Partial<PictureWanted> = {}) =>
  see(await desk.picture(desk.file(name, bytes), { size: 'screen', ...wanted }));

describe('whatever was sent comes as a JPEG of ours', () => {
  test.each([
    ['JPEG', () => halves().jpeg()],
    ['JPEG in the colours of a print shop (CMYK)', () => halves().toColourspace('cmyk').jpeg()],
    ['PNG', () => halves().png()],
    ['GIF', () => halves().gif()],
    ['TIFF', () => halves().tiff()],
    ['WebP', () => halves().webp()],
    ['AVIF', () => halves().avif({ effort: 0 })],
  ])('%s', async (_, make) => {
    expect(await show('照片', await make().toBuffer())).toMatchObject({ size: '400×200', left: 'red' });
  });

  test.each(['phone-photo.heic', 'phone-photo-turned.heic'])('a photo of an iPhone: %s', async (name) => {
    const photo = readFileSync(`fixtures/documents/${name}`);
    expect(await show(name, photo)).toMatchObject({ size: '600×800', left: 'red' });
    expect(await show(name, photo, { rotate: 90 })).toMatchObject({ size: '800×600', top: 'red' });
    expect(await desk.page(desk.file(name, photo))).toMatchObject({ kind: 'picture', width: 600, height: 800 });
  });

  test('a bitmap of an old scanner', async () => {
    expect(await show('扫描.bmp', bitmap(20, 10))).toMatchObject({ size: '20×10', left: 'red' });
  });

  test('transparent parts are white', async () => {
    const empty = await sharp({ create: { width: 50, height: 50, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer();
    expect(await show('章.png', empty)).toMatchObject({ left: 'white' });
  });
});

test.each([
  [1, '400×200', { left: 'red' }],
  [3, '400×200', { left: 'blue' }],
  [6, '200×400', { top: 'red', bottom: 'blue' }],
  [8, '200×400', { top: 'blue', bottom: 'red' }],
])(
  'a telephone held in way %d: upright, and where it was taken is nobody’s business',
  async (orientation, size, seen) => {
    const bytes = await halves()
      .withExif({ IFD0: { Make: 'phone' }, IFD3: { GPSLatitude: '35/1 14/1 0/1' } })
      .withMetadata({ orientation })
      .jpeg()
      .toBuffer();
    expect(bytes.includes('Exif')).toBe(true);
    expect(await show('IMG_1.jpg', bytes)).toMatchObject({
      size,
      ...seen,
      exif: undefined,
      icc: undefined,
      orientation: undefined,
    });
  },
);

test.each([
  [90, '200×400', { top: 'red' }],
  [180, '400×200', { left: 'blue' }],
  [270, '200×400', { bottom: 'red' }],
] as const)('turned by %d° for the reviewer', async (rotate, size, seen) => {
  expect(await show('证书.jpg', await halves().jpeg().toBuffer(), { rotate })).toMatchObject({ size, ...seen });
});

test.each([
  ['thumbnail', '160×80'],
  ['screen', '1600×800'],
  ['full', '4000×2000'],
] as const)('%s of a large picture; a small one is never blown up', async (size, expected) => {
  expect(await show('大图.png', await halves(5_000, 2_500).png().toBuffer(), { size })).toMatchObject({
    size: expected,
  });
  expect(await show('小图.png', await halves(100, 50).png().toBuffer(), { size })).toMatchObject({ size: '100×50' });
});

describe('refused with a reason', () => {
  test.each([
    [
      'a PNG of 60,000 × 60,000',
      async () => blackPng(60_000),
      'PNG 图片：文件太大，或解开后太大（图片超过 120 百万像素）。',
    ],
    [
      'half a photo',
      async () => (await noisyJpeg()).subarray(0, 5_000),
      'JPEG 图片：文件损坏或没有传完整（图片不完整）。',
    ],
    ['nothing', async () => Buffer.alloc(0), '文件是空的，里面没有内容（0 字节）。'],
    ['a text', async () => Buffer.from('姓名：李建国'), '文本文件：这种格式不能自动读取（不是图片）。'],
    ['a HEIC without its picture', async () => heic(), '苹果手机照片（HEIC）：文件损坏或没有传完整（图片不完整）。'],
  ])('%s', async (_, make, reason) => {
    expect(await show('照片.jpg', await make())).toBe(reason);
  });

  test('on its page as well, before anybody asks for the picture', async () => {
    expect(await desk.page(desk.file('a.png', blackPng(60_000)))).toMatchObject({ kind: 'none', why: 'too_large' });
    expect(await desk.page(desk.file('a.heic', heic()))).toMatchObject({ kind: 'none', why: 'unsupported' });
  });
});

describe('a PDF', () => {
  test('of scanned pages: each page as a picture', async () => {
    const scanned = { width: 1_240, height: 1_754, bytes: await halves(1_240, 1_754).jpeg().toBuffer() };
    const scan = desk.file('推荐表.pdf', scannedPdf([scanned, scanned]));
    expect(await desk.page(scan)).toMatchObject({ kind: 'pages', pages: 2, html: '' });
    for (const page of [1, 2])
      expect(await see(await desk.picture(scan, { size: 'screen', page }))).toMatchObject({ left: 'red' });
    for (const page of [0, 3, 9_999])
      expect(await see(await desk.picture(scan, { size: 'screen', page }))).toContain('文件里没有这一页');
  });

  test('with text: its lines are places', async () => {
    const page = await desk.page(desk.file('a.pdf', textPdf(['姓名 李建国', '工种 焊工'])), { places: ['第1页第2行'] });
    expect(page).toMatchObject({ kind: 'pages', pages: 1, marks: [{ id: 'marked-1' }] });
    expect(page).toMatchObject({ html: expect.stringContaining('请以这里的文字为准') }); // its font is not in the file
  });

  test.each([
    ['as large as a field', '100000 100000', '2000×2000'],
    ['as small as a stamp', '72 36', '288×144'],
    ['a thread', '0.01 14000', /^1×2000$/],
  ])('a page %s', async (_, box, size) => {
    const made = pdfOf([
      '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n',
      '2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n',
      `3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${box}]>>endobj\n`,
    ]);
    const shown = await show('a.pdf', made, { size: 'full', page: 1 });
    expect(shown).toMatchObject({ size: expect.stringMatching(size) });
  });
});

test('a TIFF of three pages from a fax machine is shown page by page', async () => {
  const page = await halves(200, 100).png().toBuffer();
  const fax = await sharp([page, page, page], { join: { animated: true } })
    .tiff()
    .toBuffer();
  const file = desk.file('传真.tif', fax);
  expect(await desk.page(file)).toMatchObject({ kind: 'pages', pages: 3 });
  expect(await see(await desk.picture(file, { size: 'screen', page: 3 }))).toMatchObject({
    size: '200×100',
    left: 'red',
  });
  expect(await see(await desk.picture(file, { size: 'screen', page: 4 }))).toContain('TIFF 图片：');
});

test('the photo inside a form, by its number', async () => {
  const picture = await halves(300, 420).jpeg().toBuffer();
  const form = await docx({ body: text('推荐表') + table(row(cell(p(photo('rId7'))))), media: { '7.jpeg': picture } });
  const file = desk.file('推荐表.docx', form);
  expect(await desk.page(file, { pictureUrl: (index) => `/p/${index}` })).toMatchObject({
    kind: 'html',
    html: expect.stringContaining('src="/p/0"'),
  });
  expect(await see(await desk.picture(file, { size: 'thumbnail', index: 0 }))).toMatchObject({ size: '114×160' });
  expect(await see(await desk.picture(file, { size: 'thumbnail', index: 1 }))).toContain('文件里没有这张图片');
});

/** 24 bits a pixel, bottom row first, the left half red. */
function bitmap(width: number, height: number): Buffer {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + stride * height);
  bytes.write('BM');
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) bytes[54 + y * stride + x * 3 + (x < width / 2 ? 2 : 0)] = 255;
  return bytes;
}

/** The container of a phone's photo without the photo. */
function heic(): Buffer {
  const box = (type: string, ...inside: Buffer[]) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), ...inside]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length + 4);
    return Buffer.concat([length, body]);
  };
  const extent = Buffer.from([0, 0, 0, 0, 0, 0, 15, 192, 0, 0, 11, 208]);
  const properties = box('iprp', box('ipco', box('ispe', extent)));
  return Buffer.concat([
    box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1')),
    box('meta', Buffer.alloc(4), properties),
  ]);
}
