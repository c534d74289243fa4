/** A phone's HEIF; an AVIF, which bears the same marks, can be decoded. */
export const isHeic = (bytes: Buffer) =>
  bytes.toString('latin1', 4, 8) === 'ftyp' && !/avi[fs]/.test(bytes.toString('latin1', 8, 32));

/** Containers that hold `meta` boxes inside; `meta` itself is a full box with four bytes of version and flags. */
const inside = new Set(['meta', 'iprp', 'ipco']);
const maxBoxes = 10_000;

/**
 * The size of a HEIF still from its container (ISO 23008-12: `ispe`, turned by `irot`), without decoding it.
 * An iPhone stores tiles of 512 and the whole picture as one grid: the largest extent is the picture.
 *
 * @returns upright size, or null when the container says none
 */
export function heicSize(bytes: Buffer): { width: number; height: number } | null {
  let best: { width: number; height: number } | null = null;
  let isTurned = false;
  for (const { type, start, end } of boxes(bytes)) {
    if (type === 'irot' && end - start >= 1) isTurned ||= ((bytes[start] ?? 0) & 1) === 1;
    if (type !== 'ispe' || end - start < 12) continue;
    const size = { width: bytes.readUInt32BE(start + 4), height: bytes.readUInt32BE(start + 8) };
    if (!best || size.width * size.height > best.width * best.height) best = size;
  }
  return best && isTurned ? { width: best.height, height: best.width } : best;
}

/** The boxes in file order, those inside `meta` and `iprp` among them; stops at the first that does not fit. */
function* boxes(bytes: Buffer): Generator<{ type: string; start: number; end: number }> {
  let at = 0;
  for (let count = 0; count < maxBoxes && at + 8 <= bytes.length; count++) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    const [size, header] = boxSize(bytes, at);
    if (inside.has(type)) {
      at += header + (type === 'meta' ? 4 : 0);
      continue;
    }
    const end = at + size;
    if (size < header || end > bytes.length) return;
    yield { type, start: at + header, end };
    at = end;
  }
}

/** Size and header length of a box: 32 bits, or 64 bits after the type when the first says 1; 0 reaches to the end. */
function boxSize(bytes: Buffer, at: number): [size: number, header: number] {
  const size = bytes.readUInt32BE(at);
  if (size === 0) return [bytes.length - at, 8];
  if (size !== 1 || at + 16 > bytes.length) return [size, 8];
  return [Number(bytes.readBigUInt64BE(at + 8)), 16];
}
