import { attribute } from '../../office/attributes.ts';
import { walkXml } from '../../office/xml.ts';
import { chineseDates, shortDate } from '../dates.ts';
import { Unusual } from './unusual.ts';

/** Formats that a file names by number alone (ISO/IEC 29500-1 18.8.30), as the library shows them. */
const builtIn: Record<number, string> = {
  0: 'General',
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: shortDate,
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'm/d/yy h:mm',
  37: '#,##0 ;(#,##0)',
  38: '#,##0 ;[Red](#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;[Red](#,##0.00)',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mmss.0',
  48: '##0.0E+0',
  49: '@',
};

/** From the look of a cell (`s`, null where it names none) to its number format. Throws `Unusual` for one not known. */
export type FormatOf = (look: string | null) => string;

/**
 * The number formats of a styles part; of all it holds, no other thing changes what a cell says.
 * @param part null where the workbook has none
 * @throws Unreadable
 */
export function numberFormats(part: Buffer | null): FormatOf {
  const { codes, looks } = part ? readStyles(part) : { codes: new Map<number, string>(), looks: [] };
  return (look) => {
    const id = look === null ? 0 : (looks[Number(look)] ?? 0);
    const code = (id === 14 ? null : codes.get(id)) ?? chineseDates[id] ?? builtIn[id]; // 14 is Windows' own, always
    if (code === undefined) throw new Unusual(`number format ${id}`);
    return code;
  };
}

/** Nine tenths of the part, and nothing that changes a value. */
const looksAside = new Set(['fonts', 'fills', 'borders', 'cellStyleXfs', 'cellStyles', 'dxfs']);

function readStyles(part: Buffer) {
  const codes = new Map<number, string>();
  const looks: number[] = [];
  let isCellLooks = false;
  const id = (attributes: string) => Number.parseInt(attribute(attributes, 'numFmtId') ?? '0', 10) || 0;
  walkXml(part, {
    passes: (name) => looksAside.has(name),
    open: (name, attributes) => {
      if (name === 'cellXfs') isCellLooks = true;
      else if (name === 'xf' && isCellLooks) looks.push(id(attributes));
      else if (name === 'numFmt') codes.set(id(attributes), attribute(attributes, 'formatCode') ?? '');
    },
    close: (name) => {
      if (name === 'cellXfs') isCellLooks = false;
    },
  });
  return { codes, looks };
}
