import type { Document, Grid, Paragraph } from '../documents/document.ts';

/** More text above one table than any cover or notice has; the rest of a book is not searched for labels. */
const maxParagraphs = 400;

/** A table or sheet with the text that stands above it; the last one also takes the text below. */
export type Section = { paragraphs: Paragraph[]; grid: Grid | null };

/** Cuts a document where its tables are: four annexes in one file are four sections, a cover goes with what follows. */
export function sectionsOf(document: Document): Section[] {
  const sections: Section[] = [];
  let above: Paragraph[] = [];
  for (const block of document.blocks) {
    if (block.kind === 'paragraph') {
      above.push(block);
    } else {
      sections.push({ paragraphs: above, grid: block });
      above = [];
    }
  }
  const last = sections.at(-1);
  if (last) last.paragraphs.push(...above);
  else if (above.length > 0) sections.push({ paragraphs: above, grid: null });
  return sections.map(({ paragraphs, grid }) => ({
    grid,
    paragraphs: grid ? paragraphs.slice(-maxParagraphs) : paragraphs.slice(0, maxParagraphs),
  }));
}
