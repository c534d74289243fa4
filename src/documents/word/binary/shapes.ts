import { lumpOf, type WordFile } from './fib.ts';

/** A shape that floats over the text: the sign it is anchored at, what it shows, which text it holds. */
export type Shape = {
  place: number;
  /** Bytes of the text stream in which its pictures lie. */
  pictures: [from: number, to: number][];
  /** Its text, as places of signs in the whole text; null when it has none. */
  text: [from: number, to: number] | null;
};

const [anchorBytes, boxBytes] = [26, 22];
const maxDepth = 10;

const anchorSign = '\x08';

/**
 * The shapes of the body, by their anchors ([MS-DOC] 2.8.37). Photos that lie over the text, and boxes with a line to
 * fill, stand nowhere else in the file.
 *
 * @param signs the whole text
 * @param boxesAt the place at which the story of text boxes begins
 */
export function readShapes(file: WordFile, signs: string, boxesAt: number): Shape[] {
  const drawn = picturesByShape(file);
  const texts = textsByShape(file, signs, boxesAt);
  const anchors = lumpOf(file.table, file.anchors);
  return placesIn(anchors, anchorBytes).flatMap(({ from: place, at }) => {
    const id = anchors.readUInt32LE(at);
    const shape = { place, pictures: drawn.get(id) ?? [], text: texts.get(id) ?? null };
    return place < file.stories.body && signs[place] === anchorSign ? [shape] : [];
  });
}

/** A list of places with a record of fixed length behind each ([MS-DOC] 2.2.2). */
function placesIn(plc: Buffer, recordBytes: number): { from: number; to: number; at: number }[] {
  const count = Math.max(0, Math.floor((plc.length - 4) / (4 + recordBytes)));
  return Array.from({ length: count }, (_, index) => ({
    from: plc.readUInt32LE(index * 4),
    to: plc.readUInt32LE(index * 4 + 4),
    at: (count + 1) * 4 + index * recordBytes,
  }));
}

/** LibreOffice writes an empty box beside each one. */
function textsByShape(file: WordFile, signs: string, boxesAt: number): Map<number, [number, number]> {
  const boxes = lumpOf(file.table, file.boxes);
  return new Map(
    placesIn(boxes, boxBytes).flatMap(({ from, to, at }) => {
      const isText = to <= file.stories.boxes && signs.slice(boxesAt + from, boxesAt + to).trim() !== '';
      return isText ? [[boxes.readUInt32LE(at + 14), [boxesAt + from, boxesAt + to]] as const] : [];
    }),
  );
}

const [group, shape, shapeId, shapeProperties, entry] = [0xf003, 0xf004, 0xf00a, 0xf00b, 0xf007];
const pictureNumber = 0x0104;

type Art = { type: number; count: number; body: Buffer; inside: Art[] };

/** Which bytes each shape shows: its property names a picture by number, the directory says where that lies ([MS-ODRAW]). */
function picturesByShape(file: WordFile): Map<number, [number, number][]> {
  const all = everything(artOf(lumpOf(file.table, file.drawings)));
  const directory = all.filter(({ type }) => type === entry).map(({ body }) => pictureBytes(file.text, body));
  const drawn = all.flatMap((one): [number, [number, number][]][] => {
    if (one.type !== group && one.type !== shape) return [];
    const parts = everything([one]);
    const id = parts.find(({ type, body }) => type === shapeId && body.length >= 4)?.body.readUInt32LE(0);
    return id === undefined
      ? []
      : [[id, parts.flatMap(pictureNumbers).flatMap((number) => directory[number - 1] ?? [])]];
  });
  return new Map(drawn.reverse()); // a group bears the number of its first shape, and shows what all of them show
}

/** Where the file keeps the picture of a directory entry: behind a header that says how long it is. */
function pictureBytes(text: Buffer, entryBody: Buffer): [number, number][] {
  const at = entryBody.length >= 32 ? entryBody.readUInt32LE(28) : text.length;
  return at + 8 <= text.length ? [[at, at + 8 + text.readUInt32LE(at + 4)]] : [];
}

function pictureNumbers({ type, count, body }: Art): number[] {
  if (type !== shapeProperties) return [];
  const numbers: number[] = [];
  for (let at = 0; at + 6 <= Math.min(body.length, count * 6); at += 6)
    if ((body.readUInt16LE(at) & 0x3fff) === pictureNumber) numbers.push(body.readUInt32LE(at + 2));
  return numbers;
}

const everything = (art: readonly Art[]): Art[] => art.flatMap((one) => [one, ...everything(one.inside)]);

/** The directory of pictures, then each drawing behind a byte of its own ([MS-DOC] 2.9.172). */
function artOf(bytes: Buffer): Art[] {
  const art: Art[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += 1) {
    const [one] = artIn(bytes.subarray(at), 0, 1);
    if (one) art.push(one);
    at += 8 + (one?.body.length ?? bytes.length);
  }
  return art;
}

function artIn(bytes: Buffer, depth: number, most = Number.POSITIVE_INFINITY): Art[] {
  const art: Art[] = [];
  for (let at = 0; at + 8 <= bytes.length && art.length < most; ) {
    const head = bytes.readUInt16LE(at);
    const body = bytes.subarray(at + 8, at + 8 + bytes.readUInt32LE(at + 4));
    const isContainer = (head & 0xf) === 0xf && depth < maxDepth;
    art.push({
      type: bytes.readUInt16LE(at + 2),
      count: head >> 4,
      body,
      inside: isContainer ? artIn(body, depth + 1) : [],
    });
    at += 8 + body.length;
  }
  return art;
}
