import { crc32 } from 'node:zlib';
import type { Entry } from 'yauzl';

/** What both headers of an entry say of it. */
type Facts = Pick<
  Entry,
  | 'compressionMethod'
  | 'crc32'
  | 'extraFields'
  | 'generalPurposeBitFlag'
  | 'lastModFileDate'
  | 'lastModFileTime'
  | 'uncompressedSize'
>;

/** An entry's bytes as they lie in a zip, still packed and locked, under the name it is to bear. */
export type StoredEntry = { name: string; entry: Facts; data: Buffer };

/** A file as an entry that is not packed, from the first day that zip knows. */
export function unpacked(name: string, data: Buffer): StoredEntry {
  const firstDay = 0x21;
  const entry = {
    compressionMethod: 0,
    crc32: crc32(data),
    extraFields: [],
    generalPurposeBitFlag: 0,
    lastModFileDate: firstDay,
    lastModFileTime: 0,
    uncompressedSize: data.length,
  };
  return { name, entry, data };
}

/**
 * A zip of entries taken from another one as they are: names in ASCII, everything else as the first zip's directory
 * says it, the AES record of locked entries included.
 */
export function zipOf(stored: StoredEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const each of stored) {
    const { shared, name, extra } = headOf(each);
    const local = Buffer.concat([signature(0x04034b50), shared, name, extra, each.data]);
    const place = Buffer.alloc(14); // comment, disk and attributes are nothing
    place.writeUInt32LE(at, 10);
    directory.push(signature(0x02014b50), version, shared, place, name, extra);
    locals.push(local);
    at += local.length;
  }
  return Buffer.concat([...locals, ...directory, ending(stored.length, Buffer.concat(directory).length, at)]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

const version = Buffer.of(63, 0);

/** From "version needed" to the lengths of name and extra fields: what both headers share (APPNOTE 4.3.7, 4.3.12). */
function headOf({ name, entry, data }: StoredEntry): { shared: Buffer; name: Buffer; extra: Buffer } {
  const extra = entry.extraFields.filter(({ id }) => id === 0x9901).map(({ id, data: field }) => record(id, field));
  const whole = Buffer.concat(extra);
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(63, 0);
  shared.writeUInt16LE(entry.generalPurposeBitFlag & ~0x0800, 2);
  shared.writeUInt16LE(entry.compressionMethod, 4);
  shared.writeUInt16LE(entry.lastModFileTime, 6); // one byte of it checks the password of streamed entries
  shared.writeUInt16LE(entry.lastModFileDate, 8);
  shared.writeUInt32LE(entry.crc32, 10);
  shared.writeUInt32LE(data.length, 14);
  shared.writeUInt32LE(entry.uncompressedSize, 18);
  shared.writeUInt16LE(name.length, 22);
  shared.writeUInt16LE(whole.length, 24);
  return { shared, name: Buffer.from(name), extra: whole };
}

function record(id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
}

function ending(count: number, directoryBytes: number, at: number): Buffer {
  const bytes = Buffer.alloc(22);
  bytes.writeUInt32LE(0x06054b50, 0);
  bytes.writeUInt16LE(count, 8);
  bytes.writeUInt16LE(count, 10);
  bytes.writeUInt32LE(directoryBytes, 12);
  bytes.writeUInt32LE(at, 16);
  return bytes;
}
