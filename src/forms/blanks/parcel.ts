import { ZipFile } from 'yazl';

/** A zip notes local time: the first moment that one can, wherever the machine stands, so that all write the same bytes. */
const noted = new Date(1980, 0, 1);

/** Packs the parts of an Office file. The same parts give the same bytes, whenever and wherever. */
export async function packParts(parts: Record<string, string>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, xml] of Object.entries(parts))
    zip.addBuffer(Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`), name, {
      mtime: noted,
      forceDosTimestamp: true,
    });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks);
}

/** Text for XML: what the format forbids (control signs out of a stranger's name) is left out. */
export const escapeXml = (text: string) =>
  text
    .replace(/(?![\t\n])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Content types and relations: what every package begins with. */
export function packageParts(main: string, mainType: string, others: Record<string, string>): Record<string, string> {
  const overrides = Object.entries({ [main]: mainType, ...others }).map(
    ([part, type]) =>
      `<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>`,
  );
  return {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`,
    '_rels/.rels': relations({ rId1: ['officeDocument', main] }),
  };
}

/** A part of relations: id → type and target. */
export function relations(targets: Record<string, [type: string, target: string]>): string {
  const base = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const each = Object.entries(targets).map(
    ([id, [type, target]]) => `<Relationship Id="${id}" Type="${base}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`;
}
