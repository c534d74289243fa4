import { Unreadable } from '../unreadable.ts';
import { decoded } from './entities.ts';
import { broken, openTags, type Tags, type XmlListener } from './open-tags.ts';

const [greaterThan, lessThan, slash, equals, exclamation, question] = [0x3e, 0x3c, 0x2f, 0x3d, 0x21, 0x3f];
const [quotation, apostrophe] = [0x22, 0x27];

/** What XML 1.0 (2.2) allows nowhere; lone surrogates do not come out of a decoder. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the very thing looked for
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/**
 * Tells a listener the elements and texts of an XML part, in order. An element's attributes are only looked at when
 * somebody asks for one: of the 4,000 tags of a form, three in four say nothing to a reader (docs/decisions/0023).
 *
 * @param xml decoded, without byte order mark
 * @throws Unreadable `corrupt` (tags that do not match, text outside the root, a broken tag), `unsafe` (DOCTYPE, depth)
 */
export function scanXml(xml: string, listener: XmlListener): void {
  if (forbidden.test(xml)) throw broken();
  const tags = openTags(listener);
  let at = 0;
  for (let start = xml.indexOf('<'); start >= 0; start = xml.indexOf('<', at)) {
    if (start > at) tell(xml.slice(at, start), tags.depth(), listener);
    at = pastMarkup(xml, start, tags, listener);
  }
  if (xml.slice(at).trim() || !tags.isWhole()) throw broken();
}

/** Steps over one tag, comment, instruction or CDATA section. @returns where the text goes on */
function pastMarkup(xml: string, start: number, tags: Tags, listener: XmlListener): number {
  const sign = xml.charCodeAt(start + 1);
  if (sign === slash) return closeTag(xml, start + 2, tags);
  if (sign === question) return past(xml, '?>', start + 2);
  if (sign === exclamation) return pastDeclaration(xml, start, tags, listener);
  const nameStart = start + 1;
  const nameEnd = endOfName(xml, nameStart);
  const end = endOfTag(xml, nameEnd);
  const isEmpty = xml.charCodeAt(end - 1) === slash && end > nameEnd;
  const name = xml.slice(nameStart, nameEnd);
  const over = isEmpty || !tags.passes(name) ? -1 : xml.indexOf(`</${name}>`, end);
  if (over >= 0) return past(xml, '>', over);
  tags.open(name, xml.slice(nameEnd, isEmpty ? end - 1 : end));
  if (isEmpty) tags.close();
  return end + 1;
}

function closeTag(xml: string, nameStart: number, tags: Tags): number {
  const end = past(xml, '>', nameStart);
  const name = tags.innermost();
  if (!name || !xml.startsWith(name, nameStart)) throw broken();
  if (nameStart + name.length !== end - 1 && xml.slice(nameStart + name.length, end - 1).trim()) throw broken();
  tags.close();
  return end;
}

function pastDeclaration(xml: string, start: number, tags: Tags, listener: XmlListener): number {
  if (xml.startsWith('<!--', start)) return past(xml, '-->', start + 4);
  if (xml.startsWith('<!DOCTYPE', start)) throw new Unreadable('unsafe', '文件里有 DOCTYPE 声明');
  if (!xml.startsWith('<![CDATA[', start) || tags.depth() === 0) throw broken();
  const end = past(xml, ']]>', start + 9);
  listener.text?.(xml.slice(start + 9, end - 3));
  return end;
}

function past(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from);
  if (at < 0) throw broken();
  return at + mark.length;
}

function endOfName(xml: string, start: number): number {
  for (let at = start; at < xml.length; at += 1) {
    const sign = xml.charCodeAt(at);
    if (sign > greaterThan) continue;
    if (sign <= 0x20 || sign === slash || sign === greaterThan) {
      if (at === start) throw broken();
      return at;
    }
    if (sign === lessThan || sign === equals || sign === quotation || sign === apostrophe) throw broken();
  }
  throw broken();
}

/** The `>` of a tag: one inside quotation marks is a value's; a `<` belongs into neither. */
function endOfTag(xml: string, from: number): number {
  let quote = 0;
  for (let at = from; at < xml.length; at += 1) {
    const sign = xml.charCodeAt(at);
    if (sign > greaterThan) continue;
    if (sign === quote) quote = 0;
    else if (sign === lessThan) break;
    else if (quote === 0 && sign === greaterThan) return at;
    else if (quote === 0 && (sign === quotation || sign === apostrophe)) quote = sign;
  }
  throw broken();
}

function tell(words: string, depth: number, listener: XmlListener): void {
  if (depth === 0) {
    if (words.trim()) throw broken();
  } else listener.text?.(decoded(words.includes('\r') ? words.replace(/\r\n?/g, '\n') : words));
}
