import type { CellObject } from '@e965/xlsx';
import type { Cell } from '../document.ts';
import { storable } from '../storable.ts';
import { dateOf } from './dates.ts';

/**
 * What one cell says. Errors keep their name (`#REF!`), yes and no are Chinese, and no number is ever shortened:
 * certificate 1416000000101234 would be shown as 1.416E+15.
 */
export function contentOf(cell: CellObject, is1904: boolean): Pick<Cell, 'text' | 'value' | 'date'> {
  const { t, v } = cell;
  if (t === 'e') return { text: cell.w ?? '', value: cell.w ?? null, date: null };
  if (typeof v === 'boolean') return { text: v ? '是' : '否', value: v, date: null };
  if (typeof v === 'number') {
    const date = dateOf(cell, is1904);
    return { text: date?.text ?? numberText(v, cell.w ?? ''), value: v, date: date?.date ?? null };
  }
  const text = typeof v === 'string' ? storable(v).replace(/\r\n?/g, '\n').trim() : '';
  return { text, value: text || null, date: null };
}

function numberText(value: number, shown: string): string {
  const isShortened = /\dE[+-]?\d|^#+$/i.test(shown);
  if (shown && !isShortened) return shown.trim();
  if (Number.isInteger(value)) return wholeNumberText(value);
  const plain = String(value);
  return plain.includes('e') ? value.toFixed(12).replace(/\.?0+$/, '') : plain;
}

/** Excel keeps and shows 15 digits and noughts behind them; the digits that a double has beyond are nobody's. */
function wholeNumberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  const [digits = '', exponent = '0'] = Math.abs(value).toExponential(14).replace('.', '').split('e');
  return (value < 0 ? '-' : '') + digits.padEnd(Number(exponent) + 1, '0').slice(0, Number(exponent) + 1);
}
