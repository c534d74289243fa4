import { SaxesParser } from 'saxes';
import { corrupt, Unreadable } from '../unreadable.ts';

/** Attributes of one element under their full names; read them with `attribute`. */
export type Attributes = Record<string, string>;

/** What a reader of one part wants to hear. Names are local: `w:p` of both OOXML namespaces arrives as `p`. */
export type XmlListener = {
  open?: (name: string, attributes: Attributes) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
};

/** Word nests about seven elements a table in a cell; nothing a person made comes near this. */
const maxDepth = 1_000;

/**
 * Streams one XML part past a listener. Prefixes are dropped instead of resolved: strict OOXML (ISO/IEC 29500-4) bears
 * other namespaces than what Word writes, with the same local names.
 *
 * @param bytes the part
 * @throws Unreadable `corrupt` (not well-formed), `unsafe` (DOCTYPE, which OPC forbids, or nesting beyond 1,000)
 */
export function walkXml(bytes: Buffer, listener: XmlListener): void {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  let depth = 0;
  parser.on('doctype', () => {
    throw new Unreadable('unsafe', '文件里有 DOCTYPE 声明');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > maxDepth) throw new Unreadable('unsafe', `文件结构嵌套超过 ${maxDepth} 层`);
    listener.open?.(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    listener.close?.(localName(name));
  });
  const { text } = listener;
  if (text) for (const event of ['text', 'cdata'] as const) parser.on(event, text);
  try {
    parser.write(textOf(bytes)).close();
  } catch (error) {
    throw corrupt('文件内部的 XML 读不通', error);
  }
}

/** OPC allows UTF-8 and UTF-16 only, so nothing is guessed: a lone `·` of UTF-8 would pass for GBK. */
function textOf(bytes: Buffer): string {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  const charset = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(charset).decode(bytes);
}

/** True for XML that brings its own entities: what a billion laughs needs, and OPC forbids (ISO/IEC 29500-2 §8.1.4). */
export function declaresDoctype(bytes: Buffer): boolean {
  const word = '<!DOCTYPE';
  return bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le'));
}

/** The value of the attribute with this local name, whatever its prefix; null where it stands not. */
export function attribute(attributes: Attributes, local: string): string | null {
  for (const name in attributes) if (localName(name) === local) return attributes[name] ?? null;
  return null;
}

/** An on/off value of OOXML: present without a value means on. */
export function isOn(attributes: Attributes): boolean {
  return !['0', 'false', 'off'].includes(attribute(attributes, 'val') ?? '1');
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
