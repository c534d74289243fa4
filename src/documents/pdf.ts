import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { Document, Paragraph } from './document.ts';
import { blocksOf, type PageBlock } from './pdf/blocks.ts';
import { drawnOn } from './pdf/drawn.ts';
import type { Pdf } from './pdf/loaded.ts';
import { overPages } from './pdf/over-pages.ts';
import { corrupt, Unreadable } from './unreadable.ts';

const maxPages = 200;
const maxSigns = 4e6;
/** Forms are short; the tables of a long report are not looked for. */
const maxTabledPages = 20;
/** What the library puts where a line was broken inside a word, and other signs without a shape. */
const unseen = /(?!\t)[\p{Cc}\ufffe\uffff]/gu;
const millimetresAPoint = 25.4 / 72;

/** Kept for the next file. It never gives back the pages it opened, 0.1 MB each; a child that has grown is replaced. */
let library: Promise<PDFiumLibrary> | null = null;

/**
 * Reads the text of a PDF, in cells where lines draw a table. Most are scans of sealed paper and have none: `scan` then says so, and nothing is rendered.
 * @throws Unreadable `encrypted` (a password to open; one against printing alone does not hinder), `corrupt`
 */
export function readPdf(bytes: Buffer): Promise<Document> {
  return withPdf(bytes, pagesOf);
}

/** Opens a PDF for as long as `use` needs it. @throws as `readPdf` */
export async function withPdf<Result>(bytes: Buffer, use: (pdf: Pdf) => Result | Promise<Result>): Promise<Result> {
  library ??= PDFiumLibrary.init();
  const pdf = await open(await library, bytes);
  try {
    return await use(pdf);
  } finally {
    pdf.destroy();
  }
}

async function open(pdfium: PDFiumLibrary, bytes: Buffer): Promise<Pdf> {
  try {
    return await pdfium.loadDocument(bytes);
  } catch (error) {
    if (error instanceof Error && /password/i.test(error.message))
      throw new Unreadable('encrypted', '打开需要密码', { cause: error });
    throw corrupt('PDF 打不开', error);
  }
}

function pagesOf(pdf: Pdf): Document {
  const pages = pdf.getPageCount();
  const blocks: PageBlock[][] = [];
  let [page, signs]: [Document['page'], number] = [null, 0];
  let read = 0;
  for (; read < Math.min(pages, maxPages) && signs <= maxSigns; read++) {
    const sheet = pdf.getPage(read);
    page ??= sizeOf(sheet.getOriginalSize());
    const text = sheet.getText();
    signs += text.length;
    const drawn = text.trim() !== '' && read < maxTabledPages ? drawnOn(sheet) : null;
    const tabled = drawn && blocksOf(drawn, read + 1);
    blocks.push(tabled ?? linesOf(text, read + 1).map((paragraph) => ({ paragraph })));
  }
  const told = overPages(blocks);
  return { blocks: told, pictures: [], page, pages, scan: pages > 0 && told.length === 0, cut: read < pages };
}

function sizeOf({ originalWidth, originalHeight }: { originalWidth: number; originalHeight: number }) {
  return {
    widthMm: Math.round(originalWidth * millimetresAPoint),
    heightMm: Math.round(originalHeight * millimetresAPoint),
  };
}

function linesOf(text: string, page: number): Paragraph[] {
  const lines = text.split(/[\r\n]+/).map((line) => line.replace(unseen, '').trim());
  return lines
    .filter((line) => line !== '')
    .map((line, index) => ({ kind: 'paragraph', text: line, location: `第${page}页第${index + 1}行`, pictures: [] }));
}
