import sharp from 'sharp';
import { seeded } from '../../test/support/seeded.ts';

const [width, height] = [1200, 1600];
const kinds = 8;

/** Pages as a phone takes them, about 310 KB each: noise compresses as badly as the grain of a page does. */
export function phoneScans(): Promise<Buffer[]> {
  return Promise.all(Array.from({ length: kinds }, (_, seed) => phoneScan(seed + 1)));
}

/** @returns the JPEG of one page, the same for the same seed */
export function phoneScan(seed: number): Promise<Buffer> {
  const random = seeded(seed);
  const pixels = Buffer.alloc(width * height * 3);
  for (let index = 0; index < pixels.length; index += 1) pixels[index] = 200 + Math.floor(random() * 40);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 82 })
    .toBuffer();
}

/** The same picture as another file: a comment (ISO/IEC 10918-1 B.2.4.5) right behind the first marker. */
export function signed(jpeg: Buffer, comment: string): Buffer {
  const text = Buffer.from(comment);
  const head = Buffer.from([0xff, 0xfe, 0, text.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, text, jpeg.subarray(2)]);
}
