/** The symbols of Windows' picture fonts that forms use as tick boxes, by their place in the font. */
const fonts: [RegExp, Record<number, string>][] = [
  [/^wingdings 2$/i, { 80: '✓', 81: '☒', 82: '☑', 83: '☒', 84: '☒', 162: '■', 163: '☐' }],
  [/^wingdings$/i, { 110: '■', 111: '☐', 113: '☐', 114: '☐', 168: '☐', 251: '✗', 252: '✓', 253: '☒', 254: '☑' }],
  [/^webdings$/i, { 97: '✓', 99: '☐', 103: '■', 114: '✗' }],
];
/** Fonts whose signs are pictures, whatever letter stands in the file. */
export const pictureFont = /^(wingdings|webdings|symbol)/i;

/**
 * The sign a person sees for one symbol (w:sym). Word writes F0FE for place FE of the font, WPS often writes 00FE.
 * @returns '' for a picture that means nothing to a form
 */
export function symbol(font: string, code: number): string {
  if (!pictureFont.test(font)) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  const table = fonts.find(([name]) => name.test(font.trim()))?.[1];
  return table?.[code & 0xff] ?? '';
}

/** Text typed in a picture font: each sign stands for a picture, `þ` of Wingdings for ☑. */
export function inFont(font: string, text: string): string {
  if (!pictureFont.test(font)) return text;
  return [...text].map((sign) => symbol(font, sign.codePointAt(0) ?? 0) || sign).join('');
}

/** Signs of picture fonts whose font got lost: programs move them to U+F000–F0FF; the tick boxes do not overlap. */
export function withoutPrivateSigns(text: string): string {
  return text.replace(/[\uf020-\uf0ff]/g, (sign) => {
    const code = sign.charCodeAt(0) & 0xff;
    return fonts.slice(0, 2).find(([, table]) => code in table)?.[1][code] ?? sign;
  });
}

/** A tick box by its state. */
export const tick = (checked: boolean) => (checked ? '☑' : '☐');
