import type { Document } from '../document.ts';
import { openAlbum, placeOf } from '../office/media.ts';
import { openFlow } from './flow.ts';
import { rtfPictures } from './rtf-pictures.ts';
import { openRtfRow } from './rtf-row.ts';
import { readRtfTokens } from './rtf-tokens.ts';
import { openTeller } from './teller.ts';

/** Groups that hold no text of the paper: tables of fonts and styles, pictures, notes about the file. */
const unseen = new Set(
  'fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc filetbl listtable listoverridetable revtbl rsidtbl themedata datastore xmlnstbl fldinst bkmkstart bkmkend nonshppict sp nonesttables shprslt'.split(
    ' ',
  ),
);

/** Words that stand for a sign. */
const signs: Record<string, string> = {
  tab: '\t',
  line: '\n',
  '~': ' ',
  _: '-',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: ' ',
  page: '\n',
};

/** Tables in tables in tables: forms have one level. */
const maxDepth = 5;
const millimetresATwip = 25.4 / 1_440;

/**
 * Reads Rich Text, which systems of the years around 2005 save as `.doc`: text, tables with their merges, page size,
 * and the pictures where they are anchored.
 */
export async function readRtf(bytes: Buffer, album = openAlbum()): Promise<Document> {
  const flow = openFlow();
  const teller = openTeller(flow);
  const rows = [openRtfRow(), openRtfRow()] as const; // the outer table's, and that of tables inside it
  const kept = rtfPictures(bytes).map(({ offset, ...picture }) => ({ offset, index: album.add(picture) }));
  let [text, shown, depth, isInnerRow]: [string, number[], number, boolean] = ['', [], 0, false];
  let [widthMm, heightMm] = [0, 0];

  const paragraph = (level: number, isCellEnd: boolean) => {
    const [words, pictures] = [text, shown];
    [text, shown] = ['', []];
    teller.paragraph(level, isCellEnd, () => {
      flow.write(words);
      for (const index of pictures) flow.picture(index);
    });
  };
  const words: Record<string, (value: number) => void> = {
    par: () => paragraph(depth, false),
    sect: () => paragraph(0, false),
    pard: () => {
      depth = 0;
    },
    intbl: () => {
      depth = Math.max(1, depth);
    },
    itap: (value) => {
      depth = Math.min(value, maxDepth);
    },
    cell: () => paragraph(1, true),
    row: () => teller.endRow(1, rows[0].shapes()),
    nestcell: () => paragraph(Math.max(2, depth), true),
    nesttableprops: () => {
      isInnerRow = true;
    },
    nestrow: () => {
      teller.endRow(Math.max(2, depth), rows[1].shapes());
      isInnerRow = false;
    },
    paperw: (value) => {
      widthMm = Math.round(value * millimetresATwip);
    },
    paperh: (value) => {
      heightMm = Math.round(value * millimetresATwip);
    },
  };
  for (const token of readRtfTokens(bytes, unseen)) {
    if ('text' in token) text += token.text;
    else if ('pictureFrom' in token) shown.push(...pictureBehind(token.pictureFrom, bytes, kept));
    else if (Object.hasOwn(words, token.word)) words[token.word]?.(token.value ?? 1);
    else if (Object.hasOwn(signs, token.word)) text += signs[token.word];
    else rows[isInnerRow ? 1 : 0].hear(token.word, token.value ?? 0);
  }
  if (text.trim() || shown.length > 0) paragraph(0, false);
  teller.end();
  const page = widthMm > 0 && heightMm > 0 ? { widthMm, heightMm } : null;
  const { blocks, cut, rough } = flow.finish();
  const pictures = await album.develop((index) => placeOf(blocks, index));
  return { blocks, pictures, page, pages: null, scan: false, cut: cut || album.isCut(), rough };
}

/** The picture whose digits follow; none where another picture begins before, as with a WMF. */
function pictureBehind(at: number, bytes: Buffer, kept: readonly { offset: number; index: number | null }[]): number[] {
  const next = kept.find(({ offset }) => offset >= at);
  const isOwn = next !== undefined && !bytes.subarray(at, next.offset).includes('\\pict');
  return isOwn && next.index !== null ? [next.index] : [];
}
