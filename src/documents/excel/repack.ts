import cfb from 'cfb';
import type { Package, Relation } from '../office/package.ts';
import { declaresDoctype } from '../office/xml.ts';
import { Unreadable } from '../unreadable.ts';
import { withChineseDates } from './dates.ts';
import { cutRows } from './rows.ts';

const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const binaryTypes = 'application/vnd.ms-excel';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const container = 'http://schemas.openxmlformats.org/package/2006';
const head = '<?xml version="1.0" encoding="UTF-8"?>';

type Kept = { name: string; contentType: string; bytes: Buffer; relation: Relation | null };

/**
 * An archive of only what the values need: workbook, sheets, strings, styles. The library inflates every part of what
 * it is given, pictures too, trusting the sizes the file claims; so it is given none of the original.
 *
 * @param main name of the workbook part
 * @returns a .xlsx (or .xlsb) with plain part names, and whether a sheet had to be shortened
 * @throws Unreadable
 */
export async function repack(office: Package, main: string): Promise<{ bytes: Buffer; cut: boolean }> {
  const isBinary = main.toLowerCase().endsWith('.bin');
  let cut = false;
  const kept: Kept[] = [];
  const keep = async (relation: Relation | null, name: string, type: string) => {
    const bytes = await xmlOf(office, relation?.target ?? main);
    kept.push({ name, bytes, relation, contentType: isBinary ? `${binaryTypes}.${type}` : `${types}.${type}+xml` });
  };
  const ending = isBinary ? 'bin' : 'xml';
  await keep(null, `xl/workbook.${ending}`, isBinary ? 'sheet.binary.macroEnabled.main' : 'sheet.main');
  for (const [index, relation] of (await office.relations(main)).entries()) {
    if (!office.has(relation.target)) continue;
    if (relation.type === 'worksheet') await keep(relation, `xl/worksheets/sheet${index}.${ending}`, 'worksheet');
    if (relation.type === 'sharedStrings') await keep(relation, `xl/sharedStrings.${ending}`, 'sharedStrings');
    if (relation.type === 'styles') await keep(relation, `xl/styles.${ending}`, 'styles');
  }
  for (const part of isBinary ? [] : kept) {
    if (part.relation?.type === 'styles') part.bytes = withChineseDates(part.bytes);
    if (part.relation?.type !== 'worksheet') continue;
    const short = cutRows(part.bytes);
    part.bytes = short.xml;
    cut ||= short.cut;
  }
  return { bytes: archive(kept), cut };
}

async function xmlOf(office: Package, part: string): Promise<Buffer> {
  const bytes = await office.read(part);
  if (declaresDoctype(bytes)) throw new Unreadable('unsafe', '文件里有 DOCTYPE 声明');
  return bytes;
}

function archive(parts: Kept[]): Buffer {
  const zip = cfb.utils.cfb_new();
  const add = (name: string, content: string | Buffer) => cfb.utils.cfb_add(zip, name, Buffer.from(content));
  const overrides = parts.map((part) => `<Override PartName="/${part.name}" ContentType="${part.contentType}"/>`);
  const links = parts.map(({ name, relation }) =>
    relation
      ? `<Relationship Id="${relation.id.replace(/[<&"]/g, '')}" Type="${relations}/${relation.type}" Target="/${name}"/>`
      : '',
  );
  add('[Content_Types].xml', `${head}<Types xmlns="${container}/content-types">${overrides.join('')}</Types>`);
  add(
    `xl/_rels/${parts[0]?.name.slice(3)}.rels`,
    `${head}<Relationships xmlns="${container}/relationships">${links.join('')}</Relationships>`,
  );
  for (const part of parts) add(part.name, part.bytes);
  return cfb.write(zip, { type: 'buffer', fileType: 'zip' }) as Buffer;
}
