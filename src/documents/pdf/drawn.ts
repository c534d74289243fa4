import type { Pdf } from './loaded.ts';

/** One sign where it is printed; y grows downwards, all in points. A break has no place: the engine adds it at a line's end. */
export type Sign = { text: string; left: number; right: number; top: number; bottom: number };
/** A straight line of a table: `at` across its run, `from` and `to` along it. */
export type Rule = { at: number; from: number; to: number };
export type Frame = Omit<Sign, 'text'>;
export type Drawn = { signs: Sign[]; across: Rule[]; down: Rule[]; pictures: Frame[] };

const maxSigns = 20_000;
const maxObjects = 20_000;
const [textObject, pathObject, imageObject] = [1, 2, 3];
/** Links and their notes lie over a page without adding to what is printed. */
const [link, popup] = [2, 16];
/** A filled box thinner than this is a line as Word draws it. */
const lineWidth = 3;

/** The calls of PDFium that its wrapper does not offer but its engine has; pointers are numbers. */
type Engine = {
  HEAPU8: Uint8Array;
  wasmExports: { malloc: (bytes: number) => number; free: (pointer: number) => void };
  _FPDFText_LoadPage: (page: number) => number;
  _FPDFText_ClosePage: (text: number) => void;
  _FPDFText_CountChars: (text: number) => number;
  _FPDFText_GetUnicode: (text: number, index: number) => number;
  _FPDFText_GetLooseCharBox: (text: number, index: number, box: number) => number;
  _FPDFText_GetTextObject: (text: number, index: number) => number;
  _FPDFTextObj_GetFont: (object: number) => number;
  _FPDFFont_GetIsEmbedded: (font: number) => number;
  _FPDFPage_GetRotation: (page: number) => number;
  _FPDFPage_GetAnnotCount: (page: number) => number;
  _FPDFPage_GetAnnot: (page: number, index: number) => number;
  _FPDFAnnot_GetSubtype: (annotation: number) => number;
  _FPDFPage_CloseAnnot: (annotation: number) => void;
  _FPDFPage_CountObjects: (page: number) => number;
  _FPDFPage_GetObject: (page: number, index: number) => number;
  _FPDFPageObj_GetType: (object: number) => number;
  _FPDFPageObj_GetBounds: (object: number, left: number, bottom: number, right: number, top: number) => number;
  _FPDFPath_CountSegments: (path: number) => number;
  _FPDFPath_GetPathSegment: (path: number, index: number) => number;
  _FPDFPathSegment_GetPoint: (segment: number, x: number, y: number) => number;
  _FPDFPathSegment_GetType: (segment: number) => number;
  _FPDFPageObj_GetMatrix: (object: number, matrix: number) => number;
};

type Page = ReturnType<Pdf['getPage']>;

/**
 * What a page shows as far as tables are concerned: its signs with their places, and its straight lines.
 *
 * @returns null when the page holds more than a form does, is turned, or was filled in on top (form fields, notes): what is
 *   typed there is not in its text, and an empty cell would prove nothing
 */
export function drawnOn(page: Page): Drawn | null {
  const engine = page['module' as never] as unknown as Engine;
  const handle = page['pageIdx' as never] as unknown as number;
  const height = page.getOriginalSize().originalHeight;
  const room = engine.wasmExports.malloc(32);
  try {
    const written = signsOf(engine, handle, room, height);
    const count = engine._FPDFPage_CountObjects(handle);
    if (!written || count > maxObjects || engine._FPDFPage_GetRotation(handle) !== 0 || isFilledOnTop(engine, handle))
      return null;
    const drawn: Drawn = { signs: written.signs, across: [], down: [], pictures: [] };
    for (let index = 0; index < count; index++) {
      const object = engine._FPDFPage_GetObject(handle, index);
      const type = object ? engine._FPDFPageObj_GetType(object) : 0;
      if (type === textObject && !written.objects.has(object) && !isEmbedded(engine, object)) return null;
      if (type === pathObject) addRules(engine, object, room, height, drawn);
      if (type === imageObject) drawn.pictures.push(frameOf(engine, object, room, height));
    }
    return drawn;
  } finally {
    engine.wasmExports.free(room);
  }
}

const floats = ({ HEAPU8 }: Engine, at: number, count: number) => [...new Float32Array(HEAPU8.buffer, at, count)];

function signsOf(
  engine: Engine,
  page: number,
  room: number,
  height: number,
): { signs: Sign[]; objects: Set<number> } | null {
  const text = engine._FPDFText_LoadPage(page);
  if (!text) return null;
  try {
    const count = engine._FPDFText_CountChars(text);
    if (count > maxSigns) return null;
    const objects = new Set<number>();
    const signs = Array.from({ length: count }, (_, index) => {
      objects.add(engine._FPDFText_GetTextObject(text, index));
      const code = engine._FPDFText_GetUnicode(text, index);
      engine._FPDFText_GetLooseCharBox(text, index, room);
      const [left = 0, top = 0, right = 0, bottom = 0] = floats(engine, room, 4);
      const sign = code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code);
      return { text: sign, left, right, top: height - top, bottom: height - bottom };
    });
    return { signs, objects };
  } finally {
    engine._FPDFText_ClosePage(text);
  }
}

/** A single sign (男) of a font that is not in the file has no width for PDFium, which leaves it out of the text. */
const isEmbedded = (engine: Engine, object: number) =>
  engine._FPDFFont_GetIsEmbedded(engine._FPDFTextObj_GetFont(object)) === 1;

function isFilledOnTop(engine: Engine, page: number): boolean {
  return Array.from({ length: Math.min(engine._FPDFPage_GetAnnotCount(page), 500) }, (_, index) => {
    const annotation = engine._FPDFPage_GetAnnot(page, index);
    const kind = engine._FPDFAnnot_GetSubtype(annotation);
    engine._FPDFPage_CloseAnnot(annotation);
    return kind;
  }).some((kind) => kind !== link && kind !== popup);
}

function frameOf(engine: Engine, object: number, room: number, height: number): Frame {
  engine._FPDFPageObj_GetBounds(object, room, room + 4, room + 8, room + 12);
  const [left = 0, bottom = 0, right = 0, top = 0] = floats(engine, room, 4);
  return { left, right, top: height - top, bottom: height - bottom };
}

/** Word and WPS fill thin boxes, others stroke lines or whole boxes: every straight stretch of a path is looked at. */
function addRules(
  engine: Engine,
  path: number,
  room: number,
  height: number,
  { across, down }: Pick<Drawn, 'across' | 'down'>,
): void {
  const add = (x1: number, y1: number, x2: number, y2: number) => {
    const [wide, tall] = [Math.abs(x2 - x1), Math.abs(y2 - y1)];
    if (tall <= lineWidth && wide > lineWidth)
      across.push({ at: (y1 + y2) / 2, from: Math.min(x1, x2), to: Math.max(x1, x2) });
    else if (wide <= lineWidth && tall > lineWidth)
      down.push({ at: (x1 + x2) / 2, from: Math.min(y1, y2), to: Math.max(y1, y2) });
  };
  const { left, right, top, bottom } = frameOf(engine, path, room, height);
  const isLine = right - left <= lineWidth || bottom - top <= lineWidth;
  if (isLine) add(left, top, right, bottom);
  else for (const [a, b] of stretches(engine, path, room)) add(a.x, height - a.y, b.x, height - b.y);
}

type Point = { x: number; y: number };

/** From point to point on the page; a box closes itself by its fourth side, which PDFium tells like the others. */
function stretches(engine: Engine, path: number, room: number): [Point, Point][] {
  engine._FPDFPageObj_GetMatrix(path, room);
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = floats(engine, room, 6);
  const found: [Point, Point][] = [];
  const count = Math.min(engine._FPDFPath_CountSegments(path), 2_000);
  let [start, last]: (Point | null)[] = [null, null];
  for (let index = 0; index < count; index++) {
    const segment = engine._FPDFPath_GetPathSegment(path, index);
    engine._FPDFPathSegment_GetPoint(segment, room, room + 4);
    const [x = 0, y = 0] = floats(engine, room, 2);
    const point = { x: a * x + c * y + e, y: b * x + d * y + f };
    const type = engine._FPDFPathSegment_GetType(segment);
    if (type === 0 && last) found.push([last, point]);
    if (type === 2) {
      if (start && last && index > 2) found.push([last, start]);
      start = point;
    }
    last = point;
  }
  if (start && last) found.push([last, start]);
  return found;
}
