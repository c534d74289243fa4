/** Pixels of an uncompressed bitmap as RGB, top row first. */
export type Bitmap = { width: number; height: number; rgb: Buffer };

const maxPixels = 60e6;

/**
 * Reads a Windows bitmap of 24 or 32 bits, which sharp does not. Scanners of old offices still write it.
 * @returns width and height always; null pixels for the packed and palette kinds; null for what is no whole bitmap
 */
export function readBmp(bytes: Buffer): { width: number; height: number; pixels: Bitmap | null } | null {
  if (bytes.length < 54) return null;
  const width = bytes.readInt32LE(18);
  const height = Math.abs(bytes.readInt32LE(22));
  if (width <= 0 || height === 0) return null;
  const bits = bytes.readUInt16LE(28);
  const isPlain = bytes.readUInt32LE(30) === 0 && (bits === 24 || bits === 32);
  if (!isPlain || width * height > maxPixels) return { width, height, pixels: null };
  const stride = Math.ceil((width * bits) / 32) * 4;
  const start = bytes.readUInt32LE(10);
  if (start + stride * height > bytes.length) return null;
  const isBottomUp = bytes.readInt32LE(22) > 0;
  const row = (y: number) => start + stride * (isBottomUp ? height - 1 - y : y);
  return { width, height, pixels: { width, height, rgb: toRgb(bytes, width, height, bits / 8, row) } };
}

function toRgb(bytes: Buffer, width: number, height: number, step: number, row: (y: number) => number): Buffer {
  const rgb = Buffer.allocUnsafe(width * height * 3);
  let to = 0;
  for (let y = 0; y < height; y++) {
    const from = row(y);
    for (let x = 0; x < width; x++) {
      const at = from + x * step;
      rgb[to++] = bytes[at + 2] ?? 0;
      rgb[to++] = bytes[at + 1] ?? 0;
      rgb[to++] = bytes[at] ?? 0;
    }
  }
  return rgb;
}
