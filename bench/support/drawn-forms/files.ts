import { tabledPdf } from '../../../fixtures/documents/tabled-pdf.ts';
import { docx } from '../../../fixtures/make/docx.ts';
import { wordBlocks } from '../../../fixtures/make/forms.ts';
import { type Cell, place, plainText } from '../../../fixtures/make/table.ts';
import { xls } from '../../../fixtures/make/xls.ts';
import { type Sheet, xlsx } from '../../../fixtures/make/xlsx.ts';
import type { Drawn } from './layouts.ts';

export const formats = ['docx', 'strict docx', 'xlsx', 'xls', 'et', 'html', 'pdf'] as const;
export type Format = (typeof formats)[number];

export function fileOf({ sheet }: Drawn, format: Format): Buffer | Promise<Buffer> {
  if (format === 'docx' || format === 'strict docx')
    return docx({ page: 'A3 folded', blocks: wordBlocks(sheet), strict: format === 'strict docx' });
  if (format === 'xlsx') return xlsx([sheet]);
  if (format === 'xls' || format === 'et') return xls([sheet], { wps: format === 'et' });
  return format === 'html' ? html(sheet) : pdf(sheet);
}

export const nameOf = (format: Format) =>
  `文件.${{ docx: 'docx', 'strict docx': 'docx', xlsx: 'xlsx', xls: 'xls', et: 'et', html: 'xls', pdf: 'pdf' }[format]}`;

/** Where a person would say that this cell stands, counted by itself and not by the reader. */
export function placeOfCell({ sheet }: Drawn, wanted: Cell, format: Format): string {
  const rows = place(sheet.table);
  const row = rows.findIndex((cells) => cells.some(({ cell }) => cell === wanted));
  const ordinal = (rows[row] ?? []).findIndex(({ cell }) => cell === wanted);
  const column = rows[row]?.[ordinal]?.column ?? 0;
  if (format === 'xlsx' || format === 'xls' || format === 'et')
    return `${sheet.name}!${String.fromCharCode(65 + column)}${sheet.above.length + row + 1}`;
  return `${format === 'pdf' ? '第1页' : ''}表1第${row + 1}行第${ordinal + 1}列`;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>');

function html({ above, table, below }: Sheet): Buffer {
  const rows = place(table).map((cells) => {
    const own = cells.flatMap(({ cell, across }) =>
      cell ? [`<td colspan=${across} rowspan=${cell.down ?? 1}>${escaped(plainText(cell))}</td>`] : [],
    );
    return `<tr>${own.join('')}</tr>`;
  });
  const lines = (texts: string[]) => texts.map((text) => `<p>${escaped(text)}</p>`).join('');
  return Buffer.from(
    `<html><head><meta charset="utf-8"></head><body>${lines(above)}<table border=1>${rows.join('')}</table>${lines(below)}</body></html>`,
  );
}

/** Rows as high as what stands in them, on one long page. */
function pdf({ above, table, below }: Sheet): Buffer {
  const total = table.widths.reduce((sum, width) => sum + width, 0);
  const widths = table.widths.map((width) => (width / total) * 500);
  const rows = place(table).map((cells) => {
    const lines = cells.map(({ cell, column, across }) => {
      const room = widths.slice(column, column + across).reduce((sum, width) => sum + width, 0) - 11;
      const signs = Math.max(1, Math.floor(room / 10));
      return cell
        ? plainText(cell)
            .split('\n')
            .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / signs)), 0)
        : 1;
    });
    return {
      height: 14 + 12 * Math.max(...lines),
      cells: cells.flatMap(({ cell, column, across }) =>
        cell ? [{ text: plainText(cell), column: column + 1, columnSpan: across, rowSpan: cell.down ?? 1 }] : [],
      ),
    };
  });
  return tabledPdf([
    { lines: above, rows, widths },
    ...(below.length > 0 ? [{ lines: below, rows: [], widths: [] }] : []),
  ]);
}
