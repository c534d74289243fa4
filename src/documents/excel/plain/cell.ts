import { type CellObject, SSF } from '@e965/xlsx';
import { Unreadable } from '../../unreadable.ts';
import type { FormatOf } from './formats.ts';
import { unescaped } from './strings.ts';
import { Unusual } from './unusual.ts';

/** A cell as its sheet stores it: address, kind (`t`), look (`s`), what stands in `v`, the words of an inline string. */
export type StoredCell = { type: string | null; look: string | null; value: string; inline: string };

/** What the cells of a workbook need beside themselves. */
export type Around = { strings: () => string[]; formatOf: () => FormatOf; is1904: boolean };

/**
 * What a stored cell holds, as the library would say it (ISO/IEC 29500-1 18.18.11).
 * @returns null for a blank one
 * @throws Unreadable `corrupt` (a string that is not there), `Unusual`
 */
export function cellObject({ type, look, value, inline }: StoredCell, around: Around): CellObject | null {
  if (type === 'inlineStr') return { t: 's', v: inline };
  if (value === '') return null;
  if (type === 's') return { t: 's', v: sharedString(value, around) };
  if (type === 'str') return { t: 's', v: unescaped(value) };
  if (type === 'b') return { t: 'b', v: value === '1' || value === 'true' };
  if (type === 'e') return { t: 'e', w: value };
  if (type !== null && type !== 'n') throw new Unusual(`cell type ${type}`);
  const number = Number.parseFloat(value);
  if (Number.isNaN(number)) throw new Unusual('a number that is none');
  const format = around.formatOf()(look);
  return { t: 'n', v: number, z: format, w: shown(number, format, around.is1904) };
}

function sharedString(value: string, { strings }: Around): string {
  const found = strings()[Number.parseInt(value, 10)];
  if (found === undefined) throw new Unreadable('corrupt', '工作表指向不存在的文字');
  return found;
}

/** The number as the sheet shows it; '' where the format cannot be followed, and the number then speaks for itself. */
function shown(number: number, format: string, is1904: boolean): string {
  if (format === 'General' && Number.isSafeInteger(number) && Math.abs(number) < 2 ** 31) return String(number);
  try {
    return SSF.format(format, number, { date1904: is1904 });
  } catch {
    return ''; // as the library does
  }
}
