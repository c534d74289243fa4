import { crc32, inflateRawSync } from 'node:zlib';
import yauzl, { type Entry } from 'yauzl';
import { corrupt, Unreadable } from '../unreadable.ts';

/** A zip whose directory was read and nothing else. Names are raw bytes: `entryPath` in names.ts decodes them. */
export type Archive = {
  entries: Entry[];
  /**
   * One entry, inflated.
   * @throws Unreadable `encrypted`, `unsupported` (method), `too_large` (declares more than maxBytes), `unsafe`
   *   (holds more than it declares), `corrupt`
   */
  read: (entry: Entry, maxBytes: number) => Promise<Buffer>;
  /** One entry as it lies there, packed and perhaps locked. Throws Unreadable `corrupt`. */
  stored: (entry: Entry) => Promise<Buffer>;
};

/**
 * Reads the directory of a zip.
 * @param bytes the whole file
 * @param maxEntries more entries than this are not even listed
 * @throws Unreadable `corrupt`, `too_large` (entries), `encrypted` (hidden directory), `archive_part`
 */
export async function openArchive(bytes: Buffer, maxEntries: number): Promise<Archive> {
  const whole = withoutTail(bytes);
  const zip = await directory(whole);
  if (zip.entryCount > maxEntries)
    throw new Unreadable('too_large', `压缩包里有 ${zip.entryCount} 个文件，超过 ${maxEntries} 个`);
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch (error) {
    if (error instanceof Error && /strong encryption/.test(error.message))
      throw new Unreadable('encrypted', '压缩包目录加密', { cause: error });
    throw corrupt('压缩包目录读不完整', error);
  }
  const read = async (entry: Entry, maxBytes: number) => {
    refuse(entry, maxBytes);
    return checked(entry, inflate(entry, await stored(zip, whole, entry)));
  };
  return { entries, read, stored: (entry) => stored(zip, whole, entry) };
}

/**
 * Mail gateways add line ends behind an attachment; yauzl then misses the directory, whose comment length no longer
 * reaches the end of the file.
 */
function withoutTail(bytes: Buffer): Buffer {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + 22 > bytes.length) return bytes;
  return bytes.subarray(0, end + 22 + bytes.readUInt16LE(end + 20));
}

/** Sizes and names are judged here, entry by entry: yauzl's own checks would give up the whole archive for one entry. */
async function directory(bytes: Buffer): Promise<yauzl.ZipFile> {
  try {
    return await yauzl.fromBufferPromise(bytes, { decodeStrings: false, validateEntrySizes: false });
  } catch (error) {
    if (error instanceof Error && /multi-disk/.test(error.message))
      throw new Unreadable('archive_part', '分卷压缩包的一卷', { cause: error });
    throw corrupt('压缩包目录找不到，文件可能没有传完', error);
  }
}

function refuse(entry: Entry, maxBytes: number): void {
  if (entry.isEncrypted()) throw new Unreadable('encrypted', '压缩包内的文件设有密码');
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    throw new Unreadable('unsupported', `压缩方法 ${entry.compressionMethod} 不能解开`);
  if (entry.uncompressedSize > maxBytes)
    throw new Unreadable('too_large', `解开后有 ${megabytes(entry.uncompressedSize)} MB`);
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1e6);

async function stored(zip: yauzl.ZipFile, bytes: Buffer, entry: Entry): Promise<Buffer> {
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    return bytes.subarray(fileDataStart, fileDataStart + entry.compressedSize);
  } catch (error) {
    throw corrupt('压缩包内的文件读不出来', error);
  }
}

/** Never makes more than the directory declares: the bound that a lying bomb meets. */
function inflate(entry: Entry, data: Buffer): Buffer {
  if (entry.compressionMethod === 0) return data;
  const size = Math.max(entry.uncompressedSize, 1);
  try {
    return inflateRawSync(data, { maxOutputLength: size, chunkSize: Math.max(64, Math.min(size, 1 << 20)) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Unreadable('unsafe', '压缩包内的文件比登记的大', { cause: error });
    throw corrupt('压缩包内的文件解不开', error);
  }
}

function checked(entry: Entry, content: Buffer): Buffer {
  if (content.length !== entry.uncompressedSize || crc32(content) !== entry.crc32)
    throw new Unreadable('corrupt', '压缩包内的文件校验不符');
  return content;
}
