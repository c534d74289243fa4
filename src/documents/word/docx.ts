import type { Document, Grid, Paragraph } from '../document.ts';
import { type Album, openAlbum, placeOf } from '../office/media.ts';
import { mainPart, openPackage, type Package } from '../office/package.ts';
import { Unreadable } from '../unreadable.ts';
import { type Body, readBody } from './body.ts';

/** The parts beside the body whose text belongs to the paper, in the order they are told, with their Chinese place. */
const besides: [string, string][] = [
  ['header', '页眉'],
  ['footer', '页脚'],
  ['footnotes', '脚注'],
  ['endnotes', '尾注'],
];

/**
 * Reads a .docx (also strict OOXML, macro files, and .wps that is one inside).
 * @throws Unreadable `corrupt`, `encrypted`, `too_large`, `unsafe`
 */
export async function readDocx(bytes: Buffer, album = openAlbum()): Promise<Document> {
  const office = await openPackage(bytes);
  const main = await mainPart(office);
  if (!main) throw new Unreadable('corrupt', '文件里没有正文');
  const body = await readPart(office, main, album);
  const around = await readBesides(office, main, album);
  const blocks = [...body.blocks, ...around.flatMap((part) => part.blocks)];
  const pictures = await album.develop((index) => placeOf(blocks, index));
  const cut = album.isCut() || [body, ...around].some((part) => part.cut);
  return { blocks, pictures, page: body.page, pages: null, scan: false, cut };
}

/** One part with the pictures its own relations name; a link to a picture elsewhere leads nowhere. */
async function readPart(office: Package, name: string, album: Album): Promise<Body> {
  const relations = new Map((await office.relations(name)).map((relation) => [relation.id, relation]));
  return readBody(await office.read(name), (id) => {
    const target = relations.get(id)?.target;
    if (!target || !office.has(target)) return null;
    return album.add({ name: target, bytes: office.size(target), read: () => office.read(target) });
  });
}

async function readBesides(office: Package, main: string, album: Album): Promise<Body[]> {
  const relations = await office.relations(main);
  const parts: Body[] = [];
  for (const [type, location] of besides)
    for (const { target } of relations.filter((relation) => relation.type === type))
      if (office.has(target)) parts.push(asParagraphs(await readPart(office, target, album), location));
  return parts;
}

/** Headers and notes are told as paragraphs, a table row as one line. */
function asParagraphs(part: Body, location: string): Body {
  const blocks = part.blocks.flatMap((block) => (block.kind === 'grid' ? rowsOf(block) : [block]));
  return { ...part, blocks: blocks.map((block) => ({ ...block, location })) };
}

function rowsOf({ cells }: Grid): Paragraph[] {
  const rows = new Map<number, Paragraph>();
  for (const { row, text, pictures } of cells) {
    const line: Paragraph = rows.get(row) ?? { kind: 'paragraph', text: '', location: '', pictures: [] };
    rows.set(row, { ...line, text: `${line.text}\t${text}`.trim(), pictures: [...line.pictures, ...pictures] });
  }
  return [...rows.values()].filter((line) => line.text || line.pictures.length > 0);
}
