import { heicSize } from './heic.ts';

/** Decoded, each pixel takes some 13 bytes in libheif and here, and a child may hold 512 MB in all: a phone of 24 passes. */
export const maxHeicPixels = 30e6;

/** Four channels of eight bits. */
export type HeicPixels = { data: Uint8Array; width: number; height: number };

/**
 * The pixels of a phone's HEIF, upright by its container; its EXIF orientation says the same again and is not heeded.
 * sharp's own library comes without a decoder for HEVC: libheif in WebAssembly, one second for 12 megapixels.
 *
 * @throws what `pictureTrouble` knows how to read
 */
export async function heicPixels(bytes: Buffer): Promise<HeicPixels> {
  const size = heicSize(bytes);
  if (size && size.width * size.height > maxHeicPixels) throw new Error('HEIF pixel limit');
  const { default: decode } = await import('heic-decode');
  const { data, width, height } = await decode({ buffer: bytes });
  return { data: new Uint8Array(data.buffer, data.byteOffset, data.length), width, height };
}
