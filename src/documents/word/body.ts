import type { Document } from '../document.ts';
import { type Attributes, attribute } from '../office/attributes.ts';
import { walkXml } from '../office/xml.ts';
import { type Flow, openFlow } from './flow.ts';
import { pageSize } from './page-size.ts';
import { type Closing, type Opening, openRuns } from './runs.ts';

/** What one WordprocessingML part holds. */
export type Body = Pick<Document, 'blocks' | 'page' | 'cut'>;

/**
 * Not part of the text as it stands: what tracked changes took away and earlier formatting, the second version of a
 * drawing for old programs (text boxes would come twice), reading aids over signs (w:rt), tab stop positions.
 */
const unseen = /^(Fallback|moveFrom|del|rt|tabs|\w+Change)$/;

/** The marks of text taken away, or moved away. */
const isDeletion = /^(del|moveFrom)$/;

/**
 * Reads `word/document.xml`, a header, a footer or the notes.
 *
 * @param part the part, XML
 * @param pictureOf the index of the picture behind a relation id; null when it is not to be kept
 * @throws Unreadable `corrupt`, `unsafe`
 */
export function readBody(part: Buffer, pictureOf: (relationId: string) => number | null): Body {
  const flow = openFlow();
  const runs = openRuns(flow);
  let page: Document['page'] = null;
  const picture = (relationId: string | null) => {
    const index = relationId === null ? null : pictureOf(relationId);
    if (index !== null) flow.picture(index);
  };
  const opening: Opening = {
    ...runs.opening,
    p: flow.openParagraph,
    blip: (attributes) => picture(attribute(attributes, 'embed')),
    imagedata: (attributes) => picture(attribute(attributes, 'id')),
    txbxContent: flow.openBox,
    tbl: flow.openTable,
    tr: flow.openRow,
    gridBefore: (attributes) => flow.skipColumns(count(attributes)),
    tc: flow.openCell,
    gridSpan: (attributes) => flow.shapeCell({ columnSpan: Math.max(1, count(attributes)) }),
    vMerge: (attributes) =>
      flow.shapeCell({ merge: attribute(attributes, 'val') === 'restart' ? 'restart' : 'continue' }),
    cellDel: flow.deleteCell,
    cellMerge: (attributes) =>
      flow.shapeCell({ merge: attribute(attributes, 'vMerge') === 'cont' ? 'continue' : 'restart' }),
    pgSz: (attributes) => {
      page ??= pageSize(attributes);
    },
  };
  const closing: Closing = {
    ...runs.closing,
    p: flow.closeParagraph,
    txbxContent: flow.closeBox,
    tbl: flow.closeTable,
    tr: flow.closeRow,
    tc: flow.closeCell,
  };
  const told = { opening: new Map(Object.entries(opening)), closing: new Map(Object.entries(closing)) };
  walkSeen(part, { ...told, text: runs.text, flow });
  return { ...flow.finish(), page };
}

/** Lines, widths and margins: a third of a form's elements, without a word. */
const bare = new Set(['tblBorders', 'tcBorders', 'pBdr', 'tblCellMar', 'tcMar']); // not tblGrid: a tracked change holds a second

type Told = {
  opening: Map<string, Opening[string]>;
  closing: Map<string, Closing[string]>;
  text: (text: string) => void;
  flow: Flow;
};

/** Walks the part past what is not seen; a table row and a paragraph's end are deleted by a mark in their properties. */
function walkSeen(part: Buffer, { opening, closing, text, flow }: Told): void {
  const path: string[] = [];
  const isUnseen = remembered((name) => unseen.test(name));
  let unseenDepth = 0;
  walkXml(part, {
    passes: (name) => bare.has(name),
    open: (name, attributes) => {
      const parent = path.at(-1);
      path.push(name);
      if (name === 'del' && parent === 'trPr') flow.deleteRow();
      if (isDeletion.test(name) && parent === 'rPr' && path.at(-3) === 'pPr') flow.deleteParagraphEnd();
      if (unseenDepth > 0 || isUnseen(name)) unseenDepth += 1;
      else opening.get(name)?.(attributes, parent);
    },
    close: (name) => {
      path.pop();
      if (unseenDepth > 0) unseenDepth -= 1;
      else closing.get(name)?.();
    },
    text: (words) => {
      if (unseenDepth === 0) text(words);
    },
  });
}

/** A part has thousands of elements under some sixty names. */
function remembered(ask: (name: string) => boolean): (name: string) => boolean {
  const answers = new Map<string, boolean>();
  return (name) => {
    const answer = answers.get(name) ?? ask(name);
    answers.set(name, answer);
    return answer;
  };
}

const count = (attributes: Attributes) =>
  Math.min(Number.parseInt(attribute(attributes, 'val') ?? '0', 10) || 0, 1_000);
