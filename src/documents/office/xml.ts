import { corrupt } from '../unreadable.ts';
import type { XmlListener } from './open-tags.ts';
import { scanXml } from './scan.ts';

/**
 * Streams one XML part past a listener. Prefixes are dropped instead of resolved: strict OOXML (ISO/IEC 29500-4) bears
 * other namespaces than what Word writes, with the same local names.
 *
 * @param bytes the part
 * @throws Unreadable `corrupt` (not well-formed), `unsafe` (DOCTYPE, which OPC forbids, or nesting beyond 1,000)
 */
export function walkXml(bytes: Buffer, listener: XmlListener): void {
  try {
    scanXml(textOf(bytes), listener);
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
