import type { Document } from '../document.ts';
import { declaresDoctype } from '../office/xml.ts';
import { Unreadable } from '../unreadable.ts';
import { bookDocument, gridsOf, openBook } from './book.ts';

const maxBytes = 20e6;

/**
 * Reads the XML of Excel 2003, which web systems offer as `.xls`.
 * @throws Unreadable `unsupported` (other XML), `unsafe`, `too_large`, `corrupt`
 */
export async function readSpreadsheetXml(bytes: Buffer): Promise<Document> {
  if (!bytes.subarray(0, 65_536).includes('urn:schemas-microsoft-com:office:spreadsheet'))
    throw new Unreadable('unsupported', '不是表格的 XML 文件');
  if (declaresDoctype(bytes)) throw new Unreadable('unsafe', '文件里有 DOCTYPE 声明');
  if (bytes.length > maxBytes) throw new Unreadable('too_large', `XML 有 ${Math.ceil(bytes.length / 1e6)} MB`);
  const { grids, cut } = gridsOf(openBook(bytes));
  return bookDocument(grids, [], cut);
}
