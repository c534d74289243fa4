import type { Document } from '../document.ts';
import { openFlow } from './flow.ts';
import { openRtfRow } from './rtf-row.ts';
import { readRtfTokens } from './rtf-tokens.ts';
import { openTeller } from './teller.ts';

/** Groups that hold no text of the paper: tables of fonts and styles, pictures, notes about the file. */
const unseen = new Set(
  'fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc filetbl listtable listoverridetable revtbl rsidtbl themedata datastore xmlnstbl fldinst bkmkstart bkmkend nonshppict sp nesttableprops shprslt'.split(
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
  nestcell: '\t',
  nestrow: '\n',
  page: '\n',
};

const millimetresATwip = 25.4 / 1_440;

/**
 * Reads Rich Text, which systems of the years around 2005 save as `.doc`: text, tables with their merges, page size.
 * Pictures are not read.
 */
export function readRtf(bytes: Buffer): Document {
  const flow = openFlow();
  const teller = openTeller(flow);
  const row = openRtfRow();
  let [text, isInTable, isDeep] = ['', false, false];
  let [widthMm, heightMm] = [0, 0];

  const paragraph = (depth: number, isCellEnd: boolean) => {
    const words = text.replace(/\t\n/g, '\n'); // a row of a table in a cell ends behind its last cell
    text = '';
    teller.paragraph(depth, isCellEnd, () => flow.write(words));
  };
  const words: Record<string, (value: number) => void> = {
    par: () => {
      if (isDeep) text += '\n';
      else paragraph(isInTable ? 1 : 0, false);
    },
    sect: () => paragraph(0, false),
    pard: () => {
      [isInTable, isDeep] = [false, false];
    },
    intbl: () => {
      isInTable = true;
    },
    itap: (value) => {
      isDeep = value > 1; // a table inside a cell is read as lines of the cell
    },
    cell: () => paragraph(1, true),
    row: () => teller.endRow(1, row.shapes()),
    paperw: (value) => {
      widthMm = Math.round(value * millimetresATwip);
    },
    paperh: (value) => {
      heightMm = Math.round(value * millimetresATwip);
    },
  };
  for (const token of readRtfTokens(bytes, unseen)) {
    if ('text' in token) text += token.text;
    else if (Object.hasOwn(words, token.word)) words[token.word]?.(token.value ?? 1);
    else if (Object.hasOwn(signs, token.word)) text += signs[token.word];
    else row.hear(token.word, token.value ?? 0);
  }
  if (text.trim()) paragraph(0, false);
  teller.end();
  const page = widthMm > 0 && heightMm > 0 ? { widthMm, heightMm } : null;
  return { ...flow.finish(), pictures: [], page, pages: null, scan: false };
}
