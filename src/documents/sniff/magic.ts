import { isTar } from '../archive/tar.ts';
import type { FileType } from '../document.ts';

const signatures: [FileType, string][] = [
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'],
  ['zip', 'PK\x07\x08'],
  ['ole', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['rar', 'Rar!\x1a\x07'],
  ['7z', "7z\xbc\xaf'\x1c"],
  ['gzip', '\x1f\x8b\x08'],
  ['tnef', '\x78\x9f\x3e\x22'],
  ['rtf', '{\\rtf'],
];

/** ISO 14496-12 brands of still pictures; phones write `heic`, editors `mif1`, Android `avif`. */
const stillBrands = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1|avif|avis)/;

/**
 * The type by the bytes at the start; `zip` and `ole` are families that need a closer look.
 * @returns null when no signature fits
 */
export function magicType(bytes: Buffer): FileType | null {
  const head = bytes.toString('latin1', 0, 1_100);
  const plain = signatures.find(([, signature]) => head.startsWith(signature));
  if (plain) return plain[0];
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return 'webp';
  if (head.startsWith('ftyp', 4) && stillBrands.test(head.slice(8))) return 'heic';
  if (isBmp(bytes)) return 'bmp';
  if (isTar(bytes)) return 'tar';
  return head.slice(0, 1_024).includes('%PDF-') ? 'pdf' : null; // scanners write a line or a mark before the header
}

/** `BM` alone begins many a text; a bitmap also has zeros reserved and a known header size (40 since Windows 3). */
function isBmp(bytes: Buffer): boolean {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 2) !== 'BM' || bytes.readUInt32LE(6) !== 0) return false;
  return [12, 40, 52, 56, 64, 108, 124].includes(bytes.readUInt32LE(14));
}
