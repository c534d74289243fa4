import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { drawings } from '../../fixtures/documents/drawings.ts';
import { blackPng, noisyJpeg } from '../../fixtures/documents/hostile.ts';
import { pictureFacts, pictureSize, pictureTrouble } from '../../src/pictures/facts.ts';
import { heicPixels } from '../../src/pictures/heic-pixels.ts';

const blue = () => sharp({ create: { width: 413, height: 579, channels: 3, background: { r: 67, g: 142, b: 219 } } });
const factsOf = async (bytes: Buffer) => {
  const look = await pictureFacts(bytes);
  if (!look.facts) throw new Error(`${look.reason} ${look.detail}`);
  return look.facts;
};

test.each([
  ['JPEG', () => blue().jpeg()],
  ['progressive JPEG', () => blue().jpeg({ progressive: true })],
  ['PNG', () => blue().png()],
  ['PNG of 16 bits', () => blue().toColourspace('rgb16').png()],
  ['PNG with a palette', () => blue().png({ palette: true })],
  ['transparent PNG', () => blue().ensureAlpha(1).png()],
  ['GIF', () => blue().gif()],
  ['TIFF', () => blue().tiff()],
  ['WebP', () => blue().webp()],
  ['AVIF', () => blue().avif({ effort: 0 })],
  ['JPEG in the colours of a print shop (CMYK)', () => blue().toColourspace('cmyk').jpeg()],
])('%s: size and colour', async (_, make) => {
  const facts = await factsOf(await make().toBuffer());
  expect(facts).toMatchObject({ width: 413, height: 579, orientation: 1, grey: false });
  expect(facts.colourfulness).toBeGreaterThan(100);
  expect(facts.paperShare).toBe(0);
});

test.each([
  [1, 413, 579],
  [3, 413, 579],
  [6, 579, 413],
  [8, 579, 413],
])('a phone held in way %d: the size is as a person sees it', async (orientation, width, height) => {
  const bytes = await blue().withMetadata({ orientation }).jpeg().toBuffer();
  expect(await factsOf(bytes)).toMatchObject({ orientation, width, height });
});

test.each([
  ['a grey file', () => blue().greyscale().jpeg()],
  ['a grey picture saved as colour', () => blue().greyscale().toColourspace('srgb').png()],
  ['a grey portrait', () => drawings.greyPortrait().jpeg({ quality: 60 })],
  ['a page without a seal', () => drawings.page().jpeg({ quality: 60 })],
])('%s is black-and-white', async (_, make) => {
  expect(await factsOf(await make().toBuffer())).toMatchObject({ grey: true });
});

test.each(['portraitOnWhite', 'portraitInDarkBlue', 'sealedPage', 'certificate'] as const)(
  '%s is not',
  async (name) => {
    expect(await factsOf(await drawings[name]().jpeg({ quality: 60 }).toBuffer())).toMatchObject({ grey: false });
  },
);

/** Where a reader of the share may put the line between paper and portrait. */
const line = 0.68;
test.each(['page', 'sealedPage', 'lampPage', 'certificate'] as const)('%s is mostly paper', async (name) => {
  expect((await factsOf(await drawings[name]().jpeg().toBuffer())).paperShare).toBeGreaterThan(line);
});
test.each([
  'portraitOnWhite',
  'portraitOnBlue',
  'portraitOnPaleBlue',
  'portraitOnRed',
  'portraitInDarkBlue',
  'greyPortrait',
  'cover',
] as const)('%s is not mostly paper', async (name) => {
  expect((await factsOf(await drawings[name]().jpeg().toBuffer())).paperShare).toBeLessThan(line);
});

/** A bitmap of one colour; rows fill up to four bytes. */
function bmp(bits: 24 | 32 | 8, width: number, height: number, compression = 0): Buffer {
  const stride = Math.ceil((width * bits) / 32) * 4;
  const bytes = Buffer.alloc(54 + stride * Math.abs(height));
  bytes.write('BM', 'latin1');
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(bits, 28);
  bytes.writeUInt32LE(compression, 30);
  for (let at = 54; at + bits / 8 <= bytes.length; at += bits / 8) bytes.set([219, 142, 67].slice(0, bits / 8), at);
  return bytes;
}

test.each([
  ['24 bits', bmp(24, 41, 57)],
  ['32 bits', bmp(32, 41, 57)],
  ['top row first', bmp(24, 41, -57)],
])('a bitmap of an old scanner, %s', async (_, bytes) => {
  expect(await factsOf(bytes)).toMatchObject({ width: 41, height: 57, grey: false });
});

test.each([
  ['with a palette', bmp(8, 41, 57)],
  ['packed', bmp(24, 41, 57, 1)],
])('of a bitmap %s only the size is known', async (_, bytes) => {
  expect(await factsOf(bytes)).toMatchObject({
    width: 41,
    height: 57,
    grey: null,
    colourfulness: null,
    paperShare: null,
  });
});

function box(type: string, ...inside: Buffer[]): Buffer {
  const content = Buffer.concat(inside);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}
const size = (width: number, height: number) => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(width, 4);
  bytes.writeUInt32BE(height, 8);
  return box('ispe', bytes);
};
/** The container of an iPhone: tiles of 512, the whole as a grid, turned by a quarter where told. */
const heic = (...turned: Buffer[]) =>
  Buffer.concat([
    box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1')),
    box(
      'meta',
      Buffer.alloc(4),
      box('hdlr', Buffer.alloc(24)),
      box('iprp', box('ipco', size(512, 512), size(4_032, 3_024), ...turned), box('ipma', Buffer.alloc(12))),
    ),
    box('mdat', Buffer.alloc(100)),
  ]);

test.each([
  ['as it lies', heic(), 4_032, 3_024],
  ['turned by a quarter', heic(box('irot', Buffer.from([3]))), 3_024, 4_032],
  ['turned by a half', heic(box('irot', Buffer.from([2]))), 4_032, 3_024],
])('a HEIC that cannot be decoded, %s: size without colours', async (_, bytes, width, height) => {
  expect(await factsOf(bytes)).toEqual({
    width,
    height,
    orientation: 1,
    grey: null,
    colourfulness: null,
    paperShare: null,
  });
});

test.each(['phone-photo.heic', 'phone-photo-turned.heic'])('a phone: %s is looked at like any other', async (name) => {
  const facts = await factsOf(readFileSync(`fixtures/documents/${name}`));
  expect(facts).toMatchObject({ width: 600, height: 800, orientation: 1, grey: false, paperShare: 0 });
  expect(facts.colourfulness).toBeGreaterThan(120);
});

test('a phone: when only its size is asked for, nothing is decoded', async () => {
  const bytes = readFileSync('fixtures/documents/phone-photo-turned.heic');
  expect(await pictureSize(bytes)).toMatchObject({ facts: { width: 600, height: 800, grey: null } });
});

test.each([
  ['of 30 megapixels is decoded', 5_000, 6_000, 'corrupt'],
  ['of more is not', 5_001, 6_000, 'too_large'],
])('a HEIC %s', async (_, width, height, reason) => {
  const empty = Buffer.concat([
    box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1')),
    box('meta', Buffer.alloc(4), box('iprp', box('ipco', size(width, height)))),
  ]);
  const refused = await heicPixels(empty).catch(pictureTrouble);
  expect(refused).toMatchObject({ reason });
});

test.each([
  ['half a JPEG', async () => (await noisyJpeg()).subarray(0, 9_000), 'corrupt'],
  [
    'half a progressive JPEG',
    async () =>
      (
        await sharp(await noisyJpeg())
          .jpeg({ progressive: true })
          .toBuffer()
      ).subarray(0, 9_000),
    'corrupt',
  ],
  [
    'half a PNG',
    async () =>
      (
        await sharp(await noisyJpeg())
          .png()
          .toBuffer()
      ).subarray(0, 90_000),
    'corrupt',
  ],
  ['half a bitmap', async () => bmp(24, 41, 57).subarray(0, 3_000), 'corrupt'],
  ['a HEIC without a size', async () => heic().subarray(0, 40), 'corrupt'],
  ['a PNG of 144 megapixels', async () => blackPng(12_000), 'too_large'],
])('%s has a name', async (_, make, reason) => {
  expect(await pictureFacts(await make())).toMatchObject({ facts: null, reason });
});

test('a PNG of 100 megapixels is still looked at', async () => {
  expect(await factsOf(blackPng(10_000))).toMatchObject({ width: 10_000, grey: true, paperShare: 0 });
});
