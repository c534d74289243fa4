import { walkXml } from '../../office/xml.ts';

/** `_x000D_` is how a workbook writes signs that XML does not allow, or would lose (ISO/IEC 29500-1 22.9.2.19). */
export const unescaped = (text: string) =>
  text.includes('_x')
    ? text.replace(/_x([\da-f]{4})_/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

/** Collects the words of one string item or inline string: all its runs, without the reading aids above them (rPh). */
export function openWords() {
  let [words, isText, aids] = ['', false, 0];
  return {
    begin() {
      [words, isText, aids] = ['', false, 0];
    },
    open(name: string) {
      if (name === 'rPh') aids += 1;
      isText = name === 't' && aids === 0;
    },
    close(name: string) {
      if (name === 'rPh') aids -= 1;
      isText = false;
    },
    text(more: string) {
      if (isText) words += more;
    },
    words: () => unescaped(words),
  };
}

/**
 * The shared strings of a workbook in their order.
 * @throws Unreadable
 */
export function sharedStrings(part: Buffer): string[] {
  const strings: string[] = [];
  const item = openWords();
  walkXml(part, {
    open: (name) => (name === 'si' ? item.begin() : item.open(name)),
    close: (name) => (name === 'si' ? strings.push(item.words()) : item.close(name)),
    text: item.text,
  });
  return strings;
}
