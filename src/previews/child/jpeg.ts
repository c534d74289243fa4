import sharp, { type Sharp } from 'sharp';
import { readBmp } from '../../pictures/bmp.ts';
import { maxPixels } from '../../pictures/facts.ts';
import { isHeic } from '../../pictures/heic.ts';
import { heicPixels } from '../../pictures/heic-pixels.ts';
import type { PictureWanted } from '../preview.ts';

/** Longest sides in pixels. */
export const sides = { thumbnail: 160, screen: 1_600, full: 4_000 } as const;

/** Pixels of three or four channels, as PDFium and bitmaps give them. */
export type Pixels = { data: Uint8Array; width: number; height: number; channels: 3 | 4 };

type Shape = Pick<PictureWanted, 'size' | 'rotate'>;

/**
 * A stranger's picture as a JPEG of ours: upright as its EXIF says, turned as the reviewer wants, shrunk, transparent
 * parts white, all metadata gone. One thread; nothing is enlarged.
 *
 * @param page of a TIFF of several pages, from 1
 * @throws what `pictureTrouble` knows how to read
 */
export async function jpegOfPicture(bytes: Buffer, shape: Shape, page = 1): Promise<Buffer> {
  if (bytes.toString('latin1', 0, 2) === 'BM') return jpegOfBitmap(bytes, shape);
  if (isHeic(bytes)) return jpegOfPixels({ ...(await heicPixels(bytes)), channels: 4 }, shape);
  return written(sharp(bytes, { failOn: 'error', limitInputPixels: maxPixels, page: page - 1 }).autoOrient(), shape);
}

/** @see jpegOfPicture */
export function jpegOfPixels({ data, ...raw }: Pixels, shape: Shape): Promise<Buffer> {
  return written(sharp(data, { raw }), shape);
}

/** How many pages a TIFF has; 1 for every other picture. */
export async function pagesOfPicture(bytes: Buffer): Promise<number> {
  return (await sharp(bytes, { limitInputPixels: maxPixels }).metadata()).pages ?? 1;
}

function jpegOfBitmap(bytes: Buffer, shape: Shape): Promise<Buffer> {
  const pixels = readBmp(bytes)?.pixels;
  if (!pixels) throw new Error('unsupported image format');
  return jpegOfPixels({ data: pixels.rgb, width: pixels.width, height: pixels.height, channels: 3 }, shape);
}

function written(picture: Sharp, { size, rotate = 0 }: Shape): Promise<Buffer> {
  const side = sides[size];
  return picture
    .rotate(rotate)
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality: 85, chromaSubsampling: '4:4:4' }) // red seals over black print stay sharp
    .toBuffer();
}
