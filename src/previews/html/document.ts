import type { Document, EmbeddedPicture, Grid, Paragraph } from '../../documents/document.ts';
import { holdersIn } from '../../documents/office/media.ts';
import type { Mark } from '../preview.ts';
import { gridHtml } from './grid.ts';
import { openPen, type Pen } from './pen.ts';

const maxParagraphs = 1_500;
const neighbours = 2;
/** Longest side of a picture in the text, in CSS pixels; a click shows it whole. */
const pictureSide = 480;

export type DocumentPage = { html: string; marks: Mark[]; cut: boolean };

/**
 * What a document holds as a page of ours, in its order: paragraphs, tables, sheets, pictures in their place. Nothing
 * of it is the sender's markup; elements have classes, never styles.
 *
 * @param places locations to be marked
 */
export function documentHtml(document: Document, places: readonly string[]): DocumentPage {
  const pen = openPen(places);
  const pictures = (indexes: readonly number[]) =>
    indexes.map((index) => pictureHtml(index, document.pictures[index])).join('');
  const show = ({ text, pictures: indexes }: Pick<Paragraph, 'text' | 'pictures'>) =>
    pen.text(text) + pictures(indexes);
  const html = partsOf(document.blocks).map((part) =>
    Array.isArray(part) ? paragraphsHtml(part, pen, show) : gridHtml(part, places, pen, show),
  );
  const loose = looseIn(document);
  if (loose.length > 0) html.push(`<h3>文件中的其他图片</h3><p${pen.at('')}>${pictures(loose)}</p>`);
  if (document.cut) html.push('<p class="left-out">文件太大，后面的内容没有读取，请下载原文件查看。</p>');
  const { marks, cut } = pen.finish();
  return { html: html.join(''), marks, cut: cut || document.cut };
}

/** Grids one by one, the paragraphs between them together. */
function partsOf(blocks: Document['blocks']): (Grid | Paragraph[])[] {
  const parts: (Grid | Paragraph[])[] = [];
  for (const block of blocks) {
    const last = parts.at(-1);
    if (block.kind === 'grid') parts.push(block);
    else if (Array.isArray(last)) last.push(block);
    else parts.push([block]);
  }
  return parts;
}

/** The first paragraphs, and each that is marked with its neighbours. */
function paragraphsHtml(paragraphs: Paragraph[], pen: Pen, show: (paragraph: Paragraph) => string): string {
  const marked = paragraphs.flatMap(({ location }, index) => (pen.isMarked(location) ? [index] : []));
  const isShown = (index: number) => index < maxParagraphs || marked.some((at) => Math.abs(at - index) <= neighbours);
  const out: string[] = [];
  let leftOut = 0;
  const tell = () => {
    if (leftOut > 0) out.push(`<p class="left-out">此处省略 ${leftOut} 段</p>`);
    leftOut = 0;
  };
  for (const [index, paragraph] of paragraphs.entries()) {
    if (!isShown(index)) {
      leftOut += 1;
      pen.leaveOut();
      continue;
    }
    tell();
    out.push(`<p${pen.at(paragraph.location)}>${show(paragraph)}</p>`);
  }
  tell();
  return out.join('');
}

/** Pictures that the format keeps without a place (.xls, Rich Text, floating ones in .doc). */
function looseIn({ blocks, pictures }: Document): number[] {
  const placed = new Set(holdersIn(blocks).flatMap((holder) => holder.pictures));
  return [...pictures.keys()].filter((index) => !placed.has(index));
}

/** The mark by which `withPictureUrls` finds the picture; a drawing that nobody can show is said in words. */
function pictureHtml(index: number, facts: EmbeddedPicture | undefined): string {
  if (!facts || facts.width === 0) return `<span class="no-picture">（图片${index + 1}：这种格式不能显示）</span>`;
  const scale = Math.min(1, pictureSide / Math.max(facts.width, facts.height));
  const [width, height] = [facts.width, facts.height].map((side) => Math.max(1, Math.round(side * scale)));
  return `<img class="picture" data-picture="${index}" alt="图片${index + 1}" width="${width}" height="${height}" loading="lazy">`;
}
