import type { FoundPicture } from './media.ts';

const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const jpeg = Buffer.from('\xff\xd8\xff', 'latin1');
/** Smaller than any photo: bullets and lines. */
const leastBytes = 200;

/** A picture and where in the stream it begins. */
export type CarvedPicture = FoundPicture & { offset: number };

/**
 * Pictures inside an old binary stream, found by their signature and followed to their end: Word and Excel store JPEG
 * and PNG whole. What only looks like one (no end where its own structure says) is left out.
 *
 * @param label tells the pictures of two streams apart in their names
 */
export function carve(stream: Buffer, label: string): CarvedPicture[] {
  const found: CarvedPicture[] = [];
  let [nextPng, nextJpeg] = [stream.indexOf(png), stream.indexOf(jpeg)];
  while (nextPng >= 0 || nextJpeg >= 0) {
    const isPng = nextPng >= 0 && (nextJpeg < 0 || nextPng < nextJpeg);
    const offset = isPng ? nextPng : nextJpeg;
    const end = isPng ? pngEnd(stream, offset) : jpegEnd(stream, offset);
    if (end - offset >= leastBytes) {
      const bytes = stream.subarray(offset, end);
      const name = `${label}${found.length + 1}.${isPng ? 'png' : 'jpg'}`;
      found.push({ name, offset, bytes: bytes.length, read: async () => bytes });
    }
    const at = Math.max(end, offset + 3);
    if (nextPng >= 0 && nextPng < at) nextPng = stream.indexOf(png, at);
    if (nextJpeg >= 0 && nextJpeg < at) nextJpeg = stream.indexOf(jpeg, at);
  }
  return found;
}

/** Behind the IEND chunk, or -1: each chunk is length, name, data, checksum. */
function pngEnd(stream: Buffer, start: number): number {
  for (let at = start + png.length; at + 12 <= stream.length; ) {
    const end = at + 12 + stream.readUInt32BE(at);
    if (end > stream.length) return -1;
    if (stream.toString('latin1', at + 4, at + 8) === 'IEND') return end;
    at = end;
  }
  return -1;
}

/** Behind the end-of-image marker, or -1. Segments are stepped over, so that a thumbnail inside one ends nothing. */
function jpegEnd(stream: Buffer, start: number): number {
  let at = start + 2;
  while (at + 4 <= stream.length) {
    if (stream[at] !== 0xff) return -1;
    const marker = stream[at + 1] ?? 0;
    if (marker === 0xd9) return at + 2;
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else at += 2 + stream.readUInt16BE(at + 2);
    if (marker === 0xda) at = scanEnd(stream, at);
  }
  return at + 2 <= stream.length && stream.readUInt16BE(at) === 0xffd9 ? at + 2 : -1;
}

/** The next marker behind the entropy-coded bytes of a scan: not a stuffed zero, not a restart. */
function scanEnd(stream: Buffer, start: number): number {
  for (let at = stream.indexOf(0xff, start); at >= 0; at = stream.indexOf(0xff, at + 2)) {
    const marker = stream[at + 1] ?? 0;
    if (marker !== 0 && marker !== 0xff && (marker < 0xd0 || marker > 0xd7)) return at;
  }
  return stream.length;
}
