import { fieldsOf, headerOf, nameOf } from '../header.ts';

/** Which bytes of a mail a FETCH asks for. `part` is in capitals: `''` is all of it. `label` is how the answer names it. */
export type Section = {
  label: string;
  peek: boolean;
  part: string;
  fields: string[];
  partial: { from: number; count: number } | null;
};

const older: Record<string, string> = {
  RFC822: 'BODY[]',
  'RFC822.HEADER': 'BODY.PEEK[HEADER]',
  'RFC822.TEXT': 'BODY[TEXT]',
};

/** @param item `BODY.PEEK[HEADER.FIELDS (DATE FROM)]<0.2048>` and the like; null when it is none */
export function readSection(item: string): Section | null {
  const old = older[item.toUpperCase()];
  const match = /^BODY(\.PEEK)?\[(.*)\](?:<(\d+)\.(\d+)>)?$/is.exec(old ?? item);
  if (!match) return null;
  const [, peek, inside = '', from, count] = match;
  const [, part = '', fields = ''] = /^([^ ]*)(?: \((.*)\))?$/s.exec(inside.trim()) ?? [];
  return {
    label: old ? item.toUpperCase() : `BODY[${inside}]${from === undefined ? '' : `<${from}>`}`,
    peek: peek !== undefined,
    part: part.toUpperCase(),
    fields: fields.toLowerCase().replaceAll('"', '').split(/\s+/).filter(Boolean),
    partial: from === undefined ? null : { from: Number(from), count: Number(count) },
  };
}

/** @returns the bytes; null for the parts of a multipart mail, which nobody asks this server for */
export function sectionBytes(raw: Buffer, section: Section): Buffer | null {
  const whole = wholeSection(raw, section);
  const { partial } = section;
  return whole && partial ? whole.subarray(partial.from, partial.from + partial.count) : whole;
}

function wholeSection(raw: Buffer, { part, fields }: Section): Buffer | null {
  if (part === '') return raw;
  const header = headerOf(raw);
  if (part === 'HEADER') return raw.subarray(0, header.length);
  if (part === 'TEXT') return raw.subarray(header.length);
  if (!part.startsWith('HEADER.FIELDS')) return null;
  const wanted = fieldsOf(header).filter((one) => fields.includes(nameOf(one)) !== part.endsWith('.NOT'));
  return Buffer.from(`${wanted.join('')}\r\n`, 'latin1');
}
