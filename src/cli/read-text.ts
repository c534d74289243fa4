import { maskIdNumbers } from '../forms/values/id-number.ts';
import type { ReadResult } from './read-result.ts';
import { columns } from './table.ts';

/** One file for the screen: ID numbers and phones with their middle hidden, whoever may be looking over a shoulder. */
export function readText({
  file,
  type,
  form,
  blank,
  fields,
  rows,
  unknown,
  pictures,
  page,
  reason,
}: ReadResult): string {
  const lines = [
    `${file}  类型 ${type}${form ? `  表格 ${form}${blank ? '（空白）' : ''}` : ''}${page ? `  页面 ${Math.round(page.widthMm)}×${Math.round(page.heightMm)}毫米` : ''}`,
    ...(reason ? [`    不能读：${reason}`] : []),
    ...columns(fields.map(({ label, value, location }) => [`    ${label}`, shorten(value), location])),
    ...columns(unknown.map(({ label, value, location }) => [`    （未定义）${label}`, shorten(value), location])),
    ...rows.map(
      ({ location, cells }) =>
        `    ${location}  ${Object.entries(cells)
          .map(([key, { value }]) => `${key}=${shorten(value)}`)
          .join('  ')}`,
    ),
    ...pictures.map((picture) => `    图片 ${JSON.stringify(picture)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function shorten(value: string): string {
  const line = value.replace(/\s*\n\s*/g, ' ⏎ ');
  const masked = maskIdNumbers(line).replace(/(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)/g, '$1****$2');
  return masked.length > 60 ? `${masked.slice(0, 58)}…` : masked;
}
