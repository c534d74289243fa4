import type { Document, FileType } from '../../documents/document.ts';
import { readHere } from '../../documents/read-here.ts';
import type { NamedFile } from '../../documents/sniff/sniffed.ts';
import type { PictureFacts } from '../../pictures/picture.ts';
import { documentHtml } from '../html/document.ts';
import type { Preview } from '../preview.ts';
import { holdsOthers, refusal } from '../refusal.ts';

/** What can be shown of a file. Never throws for what is in it. */
export async function pageOf(file: NamedFile, places: readonly string[]): Promise<Preview> {
  const reading = await readHere(file);
  switch (reading.kind) {
    case 'document':
      return documentPage(reading.type, reading.document, places);
    case 'picture':
      return picturePage(reading.type, reading.picture, file.bytes);
    case 'unreadable':
      return refusal(reading.type, reading.reason, reading.detail);
    default:
      return holdsOthers(reading.type);
  }
}

/** PDFium has no Chinese font of its own: what a file shows in one that it does not bring is blank in the picture. */
const textNote =
  '<p class="left-out">以下是文件自带的文字。页面图片上如有缺字，是文件没有嵌入字体，请以这里的文字为准。</p>';

function documentPage(type: FileType, document: Document, places: readonly string[]): Preview {
  const page = documentHtml(document, places);
  if (document.pages === null) return { kind: 'html', type, ...page };
  return { kind: 'pages', type, pages: document.pages, ...page, html: page.html && textNote + page.html };
}

/** Fax machines and old scanners keep many pages in one TIFF. */
async function picturePage(type: FileType, { width, height, grey }: PictureFacts, bytes: Buffer): Promise<Preview> {
  if (grey === null) return refusal(type, 'unsupported', '请下载后用看图软件打开');
  const pages = type === 'tiff' ? await (await import('./jpeg.ts')).pagesOfPicture(bytes) : 1;
  return pages > 1
    ? { kind: 'pages', type, pages, html: '', marks: [], cut: false }
    : { kind: 'picture', type, width, height };
}
