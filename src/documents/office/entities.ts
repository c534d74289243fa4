import { Unreadable } from '../unreadable.ts';

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Text of an XML part with its references replaced: the five that XML knows, and signs by number. A part can bring no
 * others, for it brings no DOCTYPE.
 *
 * @throws Unreadable `corrupt`
 */
export function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]*);?/g, (reference, name: string) => {
    const sign = reference.endsWith(';') ? (named[name] ?? numbered(name)) : null;
    if (sign === null) throw new Unreadable('corrupt', '文件里有不认识的字符引用');
    return sign;
  });
}

/** `#20013`, `#x4E2D`; null for what is no sign of XML 1.0 (2.2). */
function numbered(name: string): string | null {
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-f]+)|([0-9]+))$/i.exec(name) ?? [];
  const code = hexadecimal ? Number.parseInt(hexadecimal, 16) : Number(decimal ?? Number.NaN);
  const isSign = code >= 0x20 ? code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) : [9, 10, 13].includes(code);
  return isSign && code !== 0xfffe && code !== 0xffff ? String.fromCodePoint(code) : null;
}
