import type { Pdf } from '../../documents/pdf/loaded.ts';
import { Unreadable } from '../../documents/unreadable.ts';
import type { Pixels } from './jpeg.ts';

const maxPages = 500;
/** 288 dots an inch: a page the size of a stamp is not blown up. */
const maxScale = 4;

/**
 * Draws one page of an open PDF.
 *
 * @param page from 1
 * @param side the longest side in pixels
 * @throws Unreadable when there is no such page
 */
export async function renderPage(pdf: Pdf, page: number, side: number): Promise<Pixels> {
  if (page < 1 || page > Math.min(pdf.getPageCount(), maxPages)) throw new Unreadable('corrupt', '文件里没有这一页');
  const sheet = pdf.getPage(page - 1);
  const { originalWidth, originalHeight } = sheet.getOriginalSize();
  const scale = Math.min(maxScale, side / Math.max(1, originalWidth, originalHeight));
  const [width, height] = [originalWidth, originalHeight].map((points) => Math.max(1, Math.round(points * scale)));
  const { data, ...drawn } = await sheet.render({ width: width ?? 1, height: height ?? 1, renderFormFields: true });
  return { data, width: drawn.width, height: drawn.height, channels: 4 };
}
