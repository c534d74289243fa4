import { decodeText } from '../../text/charset.ts';
import { Unreadable } from '../unreadable.ts';
import { inFont, pictureFont } from './symbols.ts';

/** What Rich Text says next: words of the text, a picture by the place behind its control word, or a control word. */
export type RtfToken = { text: string } | { pictureFrom: number } | { word: string; value: number | null };

/** What holds until the closing brace. `fallbackSigns` follow each `\u` for programs that know no Unicode. */
type Group = { isUnseen: boolean; isApart: boolean; isFontTable: boolean; font: number; fallbackSigns: number };

const maxDepth = 10_000;
/** Hidden text, and text that a tracked change took away. */
const hiding = new Set(['v', 'deleted']);
/** Groups whose pictures stand nowhere in the text: the second version of one, or what is not seen at all. */
const apart = new Set(
  'nonshppict shprslt header headerl headerr headerf footer footerl footerr footerf listpicture background object'.split(
    ' ',
  ),
);
const token = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\/gi;

/**
 * Streams the tokens of a Rich Text file (RTF 1.9.1), groups that show nothing left out. Chinese comes as GBK bytes
 * (`\'bd\'b9`) or as numbers (`\u28966?`); a tick box is often `þ` in the font Wingdings.
 *
 * @param unseen destinations whose whole group is left out
 * @throws Unreadable `unsafe` for groups nested beyond 10,000
 */
export function* readRtfTokens(bytes: Buffer, unseen: Set<string>): Generator<RtfToken> {
  const groups: Group[] = [];
  let group: Group = { isUnseen: false, isApart: false, isFontTable: false, font: 0, fallbackSigns: 1 };
  const fonts = new Map<number, string>();
  let [pending, skip]: [number[], number] = [[], 0];

  const take = (code: number) => {
    if (skip > 0) skip -= 1;
    else if (!group.isUnseen || group.isFontTable) pending.push(code);
  };
  /** The text so far, or in the font table the name of a font. */
  const flush = (): string => {
    const codes = Uint8Array.from(pending);
    pending = [];
    if (codes.length === 0) return '';
    if (group.isFontTable) {
      if (!fonts.has(group.font)) fonts.set(group.font, latin1(codes).replace(';', '').trim());
      return '';
    }
    const font = fonts.get(group.font) ?? '';
    return inFont(font, pictureFont.test(font) ? latin1(codes) : decodeText(codes).text);
  };
  const turn = (brace: string) => {
    if (groups.length >= maxDepth) throw new Unreadable('unsafe', `文件结构嵌套超过 ${maxDepth} 层`);
    if (brace === '{') groups.push({ ...group });
    else group = groups.pop() ?? group;
  };
  const hide = (word: string, number: string | undefined) => {
    if (word === 'fonttbl') group.isFontTable = true;
    if (unseen.has(word) || (hiding.has(word) && number !== '0')) group.isUnseen = true;
    if (apart.has(word) || (hiding.has(word) && number !== '0')) group.isApart = true;
    // a text box, and the shape of a row in a table in a cell: inside groups that old programs skip
    if (word === 'shptxt' || word === 'nesttableprops') group.isUnseen = false;
    if (word === 'f') group.font = Number(number ?? 0);
    if (word === 'uc') group.fallbackSigns = Number(number ?? 1);
  };

  const next = new RegExp(token);
  const rtf = latin1(bytes);
  for (let found = next.exec(rtf); found; found = next.exec(rtf)) {
    const [, word, number, hex, sign, brace, plain] = found;
    if (hex !== undefined) take(Number.parseInt(hex, 16));
    else if (plain !== undefined) for (let at = 0; at < plain.length; at++) take(plain.charCodeAt(at));
    else if (sign !== undefined && '\\{}'.includes(sign)) take(sign.charCodeAt(0));
    if (brace === undefined && word === undefined && (sign === undefined || '\\{}'.includes(sign))) continue;
    const text = flush();
    skip = 0;
    if (text) yield { text };
    if (brace !== undefined) turn(brace);
    if (sign === '*') group.isUnseen = true;
    if (word !== undefined) hide(word, number);
    if (word === 'pict' && !group.isApart) yield { pictureFrom: next.lastIndex };
    if (word === 'bin') next.lastIndex += Math.max(0, Number(number ?? 0));
    if (brace !== undefined || group.isUnseen) continue;
    if (word === 'u') {
      skip = group.fallbackSigns;
      yield { text: inFont(fonts.get(group.font) ?? '', String.fromCharCode(Number(number ?? 0) & 0xffff)) };
    } else yield { word: word ?? sign ?? '', value: number === undefined ? null : Number(number) };
  }
  const rest = flush();
  if (rest) yield { text: rest };
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
