import { type Archive, openArchive } from '../archive/archive.ts';
import type { FileType } from '../document.ts';
import { contentType, mainPart, openPackage } from '../office/package.ts';
import { type NamedFile, type Sniffed, troubled } from './sniffed.ts';

const maxListed = 5_000;

/** Tells .docx, .xlsx and .pptx by their parts (also when the main part bears an unusual name) from a plain archive. */
export async function sniffZip(file: NamedFile): Promise<Sniffed> {
  try {
    const archive = await openArchive(file.bytes, maxListed);
    const names = archive.entries.map((entry) => entry.fileNameRaw.toString('latin1').replaceAll('\\', '/'));
    const other = otherFormat(names);
    if (other) return { type: 'unknown', reason: 'unsupported', detail: other };
    return isOffice(names) ? await sniffOffice(file, archive, names) : { type: 'zip', reason: null, detail: '' };
  } catch (error) {
    return troubled(byName(file.name) ?? 'zip', error);
  }
}

const isOffice = (names: string[]) =>
  names.some((name) => /^\/?(\[content_types\]\.xml|word\/document\.xml|xl\/workbook\.(xml|bin))$/i.test(name));

/** Zip-based formats that are documents, not archives: unpacking them would only show their inner parts. */
function otherFormat(names: string[]): string | null {
  if (names.includes('OFD.xml')) return 'OFD 版式文件';
  return names.includes('mimetype') && names.includes('content.xml') ? 'OpenDocument 文件' : null;
}

async function sniffOffice(file: NamedFile, archive: Archive, names: string[]): Promise<Sniffed> {
  try {
    const office = await openPackage(file.bytes, archive);
    const main = await mainPart(office);
    const type = main && officeType(`${await contentType(office, main)} ${main}`);
    if (type) return { type, reason: null, detail: '' };
    const meant = main ? null : byName(file.name);
    return meant
      ? { type: meant, reason: 'corrupt', detail: '文件里没有正文' }
      : { type: 'unknown', reason: 'unsupported', detail: '不是 Word、Excel 或 PowerPoint 文件' };
  } catch (error) {
    return troubled(byName(file.name) ?? officeType(names.join(' ')) ?? 'zip', error);
  }
}

/** By the content type of the main part, templates and macro files included; else by the folder it lies in. */
function officeType(words: string): FileType | null {
  if (/wordprocessingml|ms-word|(^| )word\//i.test(words)) return 'docx';
  if (/spreadsheetml|ms-excel|(^| )xl\//i.test(words)) return 'xlsx';
  return /presentationml|ms-powerpoint|(^| )ppt\//i.test(words) ? 'pptx' : null;
}

/** Only for a file that cannot be opened: what its sender took it for. */
function byName(name: string): FileType | null {
  const extension = /\.(docx|xlsx|pptx)$/i.exec(name)?.[1]?.toLowerCase();
  return (extension as 'docx' | 'xlsx' | 'pptx' | undefined) ?? null;
}
