import sharp, { type Sharp } from 'sharp';
import { readBmp } from './bmp.ts';
import { colourFacts } from './colour.ts';
import { heicSize, isHeic } from './heic.ts';
import { heicPixels, maxHeicPixels } from './heic-pixels.ts';
import type { PictureFacts } from './picture.ts';

/** What a picture shows of itself, or why it could not be looked at (`detail` in Chinese). */
export type Look = { facts: PictureFacts } | ({ facts: null } & PictureTrouble);
type Size = Pick<PictureFacts, 'width' | 'height' | 'orientation'>;
export type PictureTrouble = { reason: 'corrupt' | 'too_large' | 'unsupported'; detail: string };

/** A phone of 108 megapixels passes; a picture made to fill memory does not. */
export const maxPixels = 120e6;
const thumbnailSide = 128;

// The child reads one file at a time and is thrown away when it grows: threads and caches only cost memory there.
sharp.concurrency(1);
sharp.cache(false);

/**
 * Looks at one picture: size upright, and on a small copy its colours.
 * @param bytes JPEG, PNG, GIF, TIFF, WEBP, BMP, HEIC or AVIF, told by content
 * @returns colour facts are null for what cannot be decoded here (packed bitmaps, some HEIC); never throws
 */
export async function pictureFacts(bytes: Buffer): Promise<Look> {
  if (bytes.toString('latin1', 0, 2) === 'BM') return bitmapFacts(bytes);
  if (isHeic(bytes)) return heicFacts(bytes);
  try {
    return { facts: await decodedFacts(bytes) };
  } catch (error) {
    return { facts: null, ...pictureTrouble(error) };
  }
}

/**
 * The upright size alone, from what stands before the pixels (`bytes`: at least that much of the file): nothing is
 * decoded, so its colours stay unknown and damage among the pixels unseen.
 */
export async function pictureSize(bytes: Buffer): Promise<Look> {
  if (isHeic(bytes)) return withoutColours(heicSize(bytes));
  try {
    return withoutColours(await uprightSize(opened(bytes)));
  } catch (error) {
    return { facts: null, ...pictureTrouble(error) };
  }
}

async function decodedFacts(bytes: Buffer): Promise<PictureFacts> {
  const picture = opened(bytes);
  return { ...(await uprightSize(picture)), ...colourFacts(await thumbnail(picture)) };
}

const opened = (bytes: Buffer) => sharp(bytes, { failOn: 'error', limitInputPixels: maxPixels });

async function uprightSize(picture: Sharp): Promise<Size> {
  const { width, height, orientation = 1 } = await picture.metadata();
  const isTurned = orientation >= 5 && orientation <= 8;
  return { width: isTurned ? height : width, height: isTurned ? width : height, orientation };
}

/** Shrunk while decoding where the format allows; CMYK goes through its own profile, transparency onto white. */
async function thumbnail(picture: Sharp) {
  const { data, info } = await picture
    .resize(thumbnailSide, thumbnailSide, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { rgb: data, pixels: info.width * info.height };
}

async function bitmapFacts(bytes: Buffer): Promise<Look> {
  const bitmap = readBmp(bytes);
  if (!bitmap?.pixels) return withoutColours(bitmap);
  const { width, height, rgb } = bitmap.pixels;
  const colours = colourFacts(await thumbnail(sharp(rgb, { raw: { width, height, channels: 3 } })));
  return { facts: { width, height, orientation: 1, ...colours } };
}

async function heicFacts(bytes: Buffer): Promise<Look> {
  try {
    const { data, width, height } = await heicPixels(bytes);
    const colours = colourFacts(await thumbnail(sharp(data, { raw: { width, height, channels: 4 } })));
    return { facts: { width, height, orientation: 1, ...colours } };
  } catch {
    return withoutColours(heicSize(bytes)); // a phone newer than the decoder: a photo all the same, shown by no preview
  }
}

function withoutColours(size: Omit<Size, 'orientation'> | null): Look {
  if (!size) return { facts: null, reason: 'corrupt', detail: '图片不完整' };
  return { facts: { orientation: 1, ...size, grey: null, colourfulness: null, paperShare: null } };
}

/** What the library's words on a picture mean. */
export function pictureTrouble(error: unknown): PictureTrouble {
  const said = error instanceof Error ? error.message : String(error);
  const most = /^HEIF pixel limit/.test(said) ? maxHeicPixels : maxPixels;
  if (/pixel limit/i.test(said)) return { reason: 'too_large', detail: `图片超过 ${most / 1e6} 百万像素` };
  if (/unsupported image format/i.test(said)) return { reason: 'unsupported', detail: '这种图片不能自动打开' };
  return { reason: 'corrupt', detail: '图片不完整' };
}
