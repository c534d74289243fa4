import { unpacked, zipOf } from '../archive/zip-of.ts';
import type { Package, Relation } from '../office/package.ts';
import { declaresDoctype } from '../office/xml.ts';
import { Unreadable } from '../unreadable.ts';
import { withChineseDates } from './dates.ts';
import { cutRows } from './rows.ts';

const schemas = 'http://schemas.openxmlformats.org';
const relationTypes = `${schemas}/officeDocument/2006/relationships`;
const head = '<?xml version="1.0" encoding="UTF-8"?>';

/** What the values of a workbook need, by the type of its relation; a chart is a tab too and must keep its place. */
const needed = new Set(['worksheet', 'sharedStrings', 'styles', 'chartsheet', 'dialogsheet']);

/** A part of the new archive; without bytes only its relation is written. */
type Part = { name: string; type: string; relationId: string; bytes: Buffer | null };

/**
 * An archive of only what the values need: workbook, sheets, strings, styles. The library inflates every part of what
 * it is given, pictures too, trusting the sizes the file claims; so it is given none of the original.
 *
 * @param main name of the workbook part
 * @returns a .xlsx (or .xlsb) with plain part names, and whether values were cut off
 * @throws Unreadable
 */
export async function repack(office: Package, main: string): Promise<{ bytes: Buffer; cut: boolean }> {
  const ending = main.toLowerCase().endsWith('.bin') ? 'bin' : 'xml';
  const book: Part = {
    name: `xl/workbook.${ending}`,
    type: 'workbook',
    relationId: '',
    bytes: await safe(office, main),
  };
  const parts = [book];
  let cut = false;
  for (const relation of await office.relations(main)) {
    if (!needed.has(relation.type)) continue;
    const { bytes, cut: isShort } = await contentOf(office, relation, ending);
    cut ||= isShort;
    parts.push({ name: `xl/part${parts.length}.${ending}`, type: relation.type, relationId: relation.id, bytes });
  }
  return { bytes: archive(parts, ending), cut };
}

async function contentOf(office: Package, { type, target }: Relation, ending: string) {
  if (type === 'chartsheet' || type === 'dialogsheet' || !office.has(target)) return { bytes: null, cut: false };
  const bytes = await safe(office, target);
  if (ending === 'bin') return { bytes, cut: false };
  if (type === 'worksheet') return cutRows(bytes);
  return { bytes: type === 'styles' ? withChineseDates(bytes) : bytes, cut: false };
}

async function safe(office: Package, part: string): Promise<Buffer> {
  const bytes = await office.read(part);
  if (declaresDoctype(bytes)) throw new Unreadable('unsafe', '文件里有 DOCTYPE 声明');
  return bytes;
}

function archive(parts: Part[], ending: string): Buffer {
  const overrides = parts.map(
    ({ name, type }) => `<Override PartName="/${name}" ContentType="${contentType(type, ending)}"/>`,
  );
  const links = parts
    .slice(1)
    .map(
      ({ name, type, relationId }) =>
        `<Relationship Id="${relationId.replace(/[<&"]/g, '')}" Type="${relationTypes}/${type}" Target="/${name}"/>`,
    );
  const types = `${head}<Types xmlns="${schemas}/package/2006/content-types">${overrides.join('')}</Types>`;
  const relations = `${head}<Relationships xmlns="${schemas}/package/2006/relationships">${links.join('')}</Relationships>`;
  return zipOf([
    unpacked('[Content_Types].xml', Buffer.from(types)),
    unpacked(`xl/_rels/workbook.${ending}.rels`, Buffer.from(relations)),
    ...parts.flatMap(({ name, bytes }) => (bytes ? [unpacked(name, bytes)] : [])),
  ]);
}

function contentType(type: string, ending: string): string {
  if (ending === 'bin')
    return `application/vnd.ms-excel.${type === 'workbook' ? 'sheet.binary.macroEnabled.main' : type}`;
  return `application/vnd.openxmlformats-officedocument.spreadsheetml.${type === 'workbook' ? 'sheet.main' : type}+xml`;
}
