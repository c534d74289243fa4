/** Before the pixels stand EXIF with a small picture of its own, a colour profile, a maker's notes: seldom more than this. */
const headBytes = 128 * 1024;
/** What mail clients and cameras leave behind the end mark. */
const padding = new Set([0x00, 0x0a, 0x0d, 0x20, 0xff]);

/**
 * The beginning of a JPEG whose end mark stands where it should (ITU-T T.81 B.1.1.3): enough to tell its size by.
 *
 * @returns null for another format, and for one that was cut short or bears something behind its end: those want a look
 */
export function headOfWholeJpeg(bytes: Buffer): Buffer | null {
  if (bytes.length <= headBytes || bytes.readUInt16BE(0) !== 0xffd8) return null;
  let end = bytes.length;
  while (end > headBytes && padding.has(bytes[end - 1] ?? 0)) end -= 1;
  return bytes.readUInt16BE(end - 2) === 0xffd9 ? bytes.subarray(0, headBytes) : null;
}
