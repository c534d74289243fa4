import type { Unpacked } from './archive/guards.ts';
import { isPartName } from './archive/parts.ts';
import { joined } from './archive/volumes.ts';
import { isTableName } from './csv-name.ts';
import type { Document, FileToRead, FileType, ReadFile, Reading } from './document.ts';
import { type Album, openAlbum } from './office/media.ts';
import { loadedOnce } from './once.ts';
import { sniff } from './sniff/sniff.ts';
import type { NamedFile } from './sniff/sniffed.ts';
import { corrupt, Unreadable } from './unreadable.ts';

/** Asked for once: each `import()` of a module that is there already still costs as much as unpacking a small part. */
const docx = loadedOnce(() => import('./word/docx.ts'));
const xlsx = loadedOnce(() => import('./excel/xlsx.ts'));
const pictureFacts = loadedOnce(() => import('../pictures/facts.ts'));

/** One reader a format, loaded when the first such file comes: a child that only meets .docx never loads the rest. */
const documents: Partial<Record<FileType, (bytes: Buffer, album?: Album) => Promise<Document>>> = {
  docx: async (bytes, album) => (await docx()).readDocx(bytes, album),
  doc: async (bytes, album) => (await import('./word/doc.ts')).readDoc(bytes, album),
  wps: async (bytes, album) => (await import('./word/doc.ts')).readDoc(bytes, album),
  rtf: async (bytes, album) => (await import('./word/rtf.ts')).readRtf(bytes, album),
  xlsx: async (bytes, album) => (await xlsx()).readXlsx(bytes, album),
  xls: async (bytes, album) => (await import('./excel/xls.ts')).readXls(bytes, album),
  et: async (bytes, album) => (await import('./excel/xls.ts')).readXls(bytes, album),
  xml: async (bytes) => (await import('./excel/xml.ts')).readSpreadsheetXml(bytes),
  html: async (bytes) => (await import('./html/html.ts')).readHtml(bytes),
  pdf: async (bytes) => (await import('./pdf.ts')).readPdf(bytes),
  text: async (bytes) => (await import('./text.ts')).readText(bytes),
};

type Unread = Extract<Reading, { kind: 'unreadable' }>;
type Unpack = (file: Required<NamedFile>) => Promise<Unpacked>;
const readSeven: Unpack = async ({ bytes, passwords, name, volumes }) =>
  (await import('./archive/seven/seven.ts')).readSeven({ name, bytes, volumes }, passwords);
const archives: Partial<Record<FileType, Unpack>> = {
  zip: async ({ bytes, passwords }) => (await import('./archive/zip.ts')).readZip(bytes, passwords),
  rar: readSeven,
  '7z': readSeven,
  tar: async ({ bytes }) => (await import('./archive/tar.ts')).readTar(bytes),
  gzip: async ({ bytes, name }) => (await import('./archive/gzip.ts')).readGzip(bytes, name),
};

const readTable = async (bytes: Buffer) => (await import('./csv.ts')).readCsv(bytes);

const pictures: FileType[] = ['jpeg', 'png', 'gif', 'bmp', 'tiff', 'webp', 'heic'];
const unopened: Partial<Record<FileType, string>> = {
  pptx: 'PowerPoint 文件',
  ppt: 'PowerPoint 文件',
  ole: '旧式办公文件，不是 Word、Excel 或 WPS',
};

/**
 * Reads one file in this very process. Only the child of `reader.ts` and unit tests call it: a stranger's file may
 * fill the memory or never end, and only a process apart bounds that.
 *
 * @returns never throws for what is in the file
 */
export const readHere: ReadFile = async (file) => {
  let type: FileType = 'unknown';
  try {
    const whole = joined(file);
    const sniffed = await sniff(whole);
    type = sniffed.type;
    const { reason, detail } = sniffed;
    if (reason) return asPart(file, { kind: 'unreadable', type, reason, detail });
    return await readAs(type, whole);
  } catch (error) {
    return asPart(file, unreadable(type, error));
  }
};

/**
 * The bytes of one picture inside a document, by its index in `Document.pictures`; the other pictures are not looked at.
 *
 * @returns null when there is no such picture, or the file cannot be read
 */
export async function pictureInside(file: NamedFile, index: number): Promise<Buffer | null> {
  const { type, reason } = await sniff(file);
  const album = openAlbum(true);
  if (reason) return null;
  try {
    await documents[type]?.(file.bytes, album);
  } catch {
    return null; // whoever reads the file itself is told why
  }
  return album.bytesAt(index);
}

/** A divided archive is cut anywhere: its parts look like noise, or like an archive cut short. Only the name tells. */
function asPart({ name, volumes = [] }: NamedFile, reading: Unread): Reading {
  const isTold = (isPartName(name) || volumes.length > 0) && ['corrupt', 'unsupported'].includes(reading.reason);
  return isTold ? { ...reading, reason: 'archive_part', detail: '分卷压缩包的一卷' } : reading;
}

/** Word, Excel and pictures are in nearly every mail. */
export async function loadUsualParsers(): Promise<void> {
  await Promise.all([import('./sniff/zip.ts'), docx(), xlsx(), pictureFacts()]);
}

async function readAs(type: FileType, file: FileToRead): Promise<Reading> {
  const { bytes, name, passwords = [], volumes = [], sizeOnly = false } = file;
  const reader = type === 'text' && isTableName(name) ? readTable : documents[type];
  if (reader) return { kind: 'document', type, document: await reader(bytes) };
  if (pictures.includes(type)) return readPicture(type, bytes, sizeOnly);
  const unpack = archives[type];
  if (unpack) return { kind: 'container', type, ...(await unpack({ bytes, name, passwords, volumes })) };
  if (type === 'eml') return { kind: 'message', type };
  if (type === 'msg') return { kind: 'message', type, mail: await (await import('./outlook/msg.ts')).readMsg(bytes) };
  if (type === 'tnef')
    return { kind: 'message', type, mail: await (await import('./outlook/tnef.ts')).readTnef(bytes) };
  throw new Unreadable('unsupported', unopened[type] ?? '暂不读取的文件');
}

async function readPicture(type: FileType, bytes: Buffer, sizeOnly: boolean): Promise<Reading> {
  const facts = await pictureFacts();
  const look = await (sizeOnly ? facts.pictureSize : facts.pictureFacts)(bytes);
  return look.facts
    ? { kind: 'picture', type, picture: look.facts }
    : { kind: 'unreadable', type, reason: look.reason, detail: look.detail };
}

/** What a library throws on a broken file is an answer about the file; a buffer that could not be had is one too. */
function unreadable(type: FileType, error: unknown): Unread {
  const isFull =
    error instanceof Error && /allocation failed|Invalid string length|Cannot create a string/.test(error.message);
  const { reason, message } = isFull ? new Unreadable('out_of_memory', '内存不够') : corrupt('读取时出错', error);
  return { kind: 'unreadable', type, reason, detail: message };
}
