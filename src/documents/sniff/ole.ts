import type { FileType } from '../document.ts';
import { openOle, type Streams } from '../office/ole.ts';
import { type NamedFile, type Sniffed, troubled } from './sniffed.ts';

/** Tells the office formats of 1997–2003, those of WPS, Outlook mails and password-protected OOXML by their streams. */
export function sniffOle(file: NamedFile): Sniffed {
  try {
    return byStreams(file, openOle(file.bytes));
  } catch (error) {
    return troubled('ole', error);
  }
}

function byStreams(file: NamedFile, streams: Streams): Sniffed {
  const has = (...names: string[]) => names.some((name) => streams.has(name));
  const type = (found: FileType): Sniffed => ({ type: found, reason: null, detail: '' });
  if (has('EncryptedPackage', 'EncryptionInfo')) return locked(lockedType(file.name));
  const book = streams.get('Workbook') ?? streams.get('Book');
  if (book) return bookIsLocked(book) ? locked(twin(file, 'xls', 'et')) : type(twin(file, 'xls', 'et'));
  const word = streams.get('WordDocument');
  if (word) return wordIsLocked(word) ? locked(twin(file, 'doc', 'wps')) : type(twin(file, 'doc', 'wps'));
  if (has('PowerPoint Document')) return type('ppt');
  if (has('__properties_version1.0')) return type('msg');
  return type('ole');
}

const locked = (type: FileType): Sniffed => ({ type, reason: 'encrypted', detail: '打开需要密码' });

/** [MS-OFFCRYPTO] wraps any OOXML file alike; only the name still says which it was. */
function lockedType(name: string): FileType {
  const extension = /\.(docx|xlsx|pptx|doc|xls|wps|et)$/i.exec(name)?.[1]?.toLowerCase();
  return (extension as FileType | undefined) ?? 'ole';
}

/**
 * .et is .xls and .wps is .doc, byte for byte. The name decides, for WPS also puts its mark into the .xls it saves; the
 * mark speaks where the name says neither.
 */
function twin<Microsoft extends FileType, Wps extends FileType>(file: NamedFile, theirs: Microsoft, wps: Wps) {
  const extension = /\.(\w+)$/.exec(file.name)?.[1]?.toLowerCase();
  if (extension === theirs || extension === wps) return extension as Microsoft | Wps;
  return marks.some((mark) => file.bytes.includes(mark)) ? wps : theirs;
}

const marks = ['KSOProductBuildVer', 'WpsCustomData'].flatMap((mark) => [
  Buffer.from(mark, 'latin1'),
  Buffer.from(mark, 'utf16le'),
]);

/** A FILEPASS record (0x2F) before the first EOF (0x0A) of the workbook stream, [MS-XLS] 2.4.117. */
function bookIsLocked(book: Buffer): boolean {
  for (let at = 0; at + 4 <= book.length; at += 4 + book.readUInt16LE(at + 2)) {
    const record = book.readUInt16LE(at);
    if (record === 0x2f) return true;
    if (record === 0x0a) return false;
  }
  return false;
}

/** fEncrypted, bit 8 of the flags of the file information block, [MS-DOC] 2.5.2. */
const wordIsLocked = (word: Buffer) => word.length >= 12 && (word.readUInt16LE(10) & 0x0100) !== 0;
