import { corrupt } from '../unreadable.ts';

const endMark = 'PK\x05\x06';
const entryMark = 0x02014b50;

/**
 * A zip that its maker divided among "disks" (`.z01`, `.z02`, … `.zip`) as one zip: the parts one behind the other, and
 * every place in its directory counted from the beginning of the whole (APPNOTE 4.4.11, 4.4.16, 4.4.24).
 *
 * @param parts in order, the `.zip` last
 * @throws Unreadable `corrupt` where the directory does not fit the parts, or one is missing
 */
export function joinDisks(parts: readonly Buffer[]): Buffer {
  const whole = Buffer.concat(parts);
  const starts = parts.map((_, index) => parts.slice(0, index).reduce((sum, { length }) => sum + length, 0));
  const place = (disk: number, offset: number) => {
    const start = starts[disk];
    if (start === undefined) throw corrupt('分卷与压缩包的目录对不上', disk);
    return start + offset;
  };
  try {
    joinDirectory(whole, place);
    return whole;
  } catch (error) {
    throw corrupt('分卷与压缩包的目录对不上', error); // also a read beyond the end
  }
}

function joinDirectory(whole: Buffer, place: (disk: number, offset: number) => number): void {
  const end = whole.lastIndexOf(endMark, undefined, 'latin1');
  place(whole.readUInt16LE(end + 4), 0); // the last disk
  const directory = place(whole.readUInt16LE(end + 6), whole.readUInt32LE(end + 16));
  const entries = whole.readUInt16LE(end + 10);
  let at = directory;
  for (let count = 0; count < entries; count++) {
    if (whole.readUInt32LE(at) !== entryMark) throw corrupt('压缩包目录读不完整', at);
    const local = place(whole.readUInt16LE(at + 34), whole.readUInt32LE(at + 42));
    whole.writeUInt16LE(0, at + 34);
    whole.writeUInt32LE(local, at + 42);
    at += 46 + whole.readUInt16LE(at + 28) + whole.readUInt16LE(at + 30) + whole.readUInt16LE(at + 32);
  }
  whole.writeUInt32LE(0, end + 4); // this disk, and that of the directory
  whole.writeUInt16LE(entries, end + 8);
  whole.writeUInt32LE(directory, end + 16);
}
