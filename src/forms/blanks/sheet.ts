import type { BlankForm } from './layout.ts';
import { escapeXml, packageParts, packParts, relations } from './parcel.ts';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const related = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const styles = { title: 1, label: 2, value: 3, note: 4, head: 5 } as const;
const pointsAMm = 72 / 25.4;

type SheetCell = { text: string; style: number; column: number; columnSpan: number; rowSpan: number };
type SheetRow = { heightMm: number; cells: SheetCell[] };

/**
 * Draws a blank form as .xlsx. Every cell is text (format @): an ID number typed into it keeps its eighteen digits, and
 * 2018.10 does not become 2018.1. Deterministic bytes.
 */
export function blankSheet(form: BlankForm): Promise<Buffer> {
  const rows = sheetRows(form);
  return packParts({
    ...packageParts('xl/workbook.xml', 'spreadsheetml.sheet.main', {
      'xl/worksheets/sheet1.xml': 'spreadsheetml.worksheet',
      'xl/styles.xml': 'spreadsheetml.styles',
    }),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${related}"><sheets><sheet name="${escapeXml(form.title.slice(0, 31))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations({
      rId1: ['worksheet', 'worksheets/sheet1.xml'],
      rId2: ['styles', 'styles.xml'],
    }),
    'xl/worksheets/sheet1.xml': sheetXml(form, rows),
    'xl/styles.xml': stylesXml,
  });
}

function sheetRows(form: BlankForm): SheetRow[] {
  const across = (text: string, style: number, heightMm: number): SheetRow => ({
    heightMm,
    cells: [{ text, style, column: 1, columnSpan: form.columns, rowSpan: 1 }],
  });
  const body = form.rows.map(({ heightMm, cells }) => ({
    heightMm,
    cells: cells.map(({ role, ...cell }) => ({ ...cell, style: styles[role] })),
  }));
  const notes = form.notes.map((note, index) =>
    across(`${index === 0 ? '填表说明：' : ''}${index + 1}. ${note}`, styles.note, 7),
  );
  return [across(form.title, styles.title, 16), ...headRows(form), ...body, ...notes];
}

/** Label and value side by side, two pairs a row, so that a value has a cell of its own. */
function headRows({ head, columns }: BlankForm): SheetRow[] {
  const quarter = Math.floor(columns / 4);
  const rows: SheetRow[] = [];
  for (let at = 0; at < head.length; at += 2) {
    const cells = head.slice(at, at + 2).flatMap(({ label, value }, index): SheetCell[] => {
      const start = 1 + index * 2 * quarter;
      const end = index === 1 ? columns : 2 * quarter;
      const shared = { style: styles.head, rowSpan: 1 };
      return [
        { ...shared, text: `${label}：`, column: start, columnSpan: quarter },
        { ...shared, text: value, column: start + quarter, columnSpan: end - start - quarter + 1 },
      ];
    });
    rows.push({ heightMm: 9, cells });
  }
  return rows;
}

function sheetXml(form: BlankForm, rows: SheetRow[]): string {
  const total = form.widths.reduce((sum, width) => sum + width, 0);
  const signs = form.landscape ? 130 : 88;
  const columns = form.widths.map(
    (width, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${((signs * width) / total).toFixed(2)}" customWidth="1"/>`,
  );
  const merges = rows.flatMap(({ cells }, index) =>
    cells
      .filter(({ columnSpan, rowSpan }) => columnSpan > 1 || rowSpan > 1)
      .map(
        (cell) =>
          `<mergeCell ref="${name(cell.column, index + 1)}:${name(cell.column + cell.columnSpan - 1, index + cell.rowSpan)}"/>`,
      ),
  );
  const paper = form.page === 'A3' ? 8 : 9;
  return `<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><cols>${columns.join('')}</cols><sheetData>${rows.map((row, index) => rowXml(row, index + 1, rows)).join('')}</sheetData><mergeCells count="${merges.length}">${merges.join('')}</mergeCells><printOptions horizontalCentered="1"/><pageMargins left="0.6" right="0.6" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="${paper}" orientation="${form.landscape && !form.folded ? 'landscape' : 'portrait'}" fitToWidth="1" fitToHeight="0"/></worksheet>`;
}

/** Every place of a merged cell carries its style, or its lines would end in the middle. */
function rowXml({ heightMm, cells }: SheetRow, row: number, rows: SheetRow[]): string {
  const reaching = rows
    .slice(0, row - 1)
    .flatMap((above, index) => above.cells.filter(({ rowSpan }) => index + rowSpan >= row));
  const places = [...cells, ...reaching.map((cell) => ({ ...cell, text: '' }))].sort((a, b) => a.column - b.column);
  const filled = places.flatMap((cell) =>
    Array.from({ length: cell.columnSpan }, (_, at) =>
      placeXml(name(cell.column + at, row), at === 0 ? cell.text : '', cell.style),
    ),
  );
  return `<row r="${row}" ht="${(heightMm * pointsAMm).toFixed(1)}" customHeight="1">${filled.join('')}</row>`;
}

function placeXml(ref: string, text: string, style: number): string {
  const content = text && `<is><t xml:space="preserve">${escapeXml(text)}</t></is>`;
  return content ? `<c r="${ref}" s="${style}" t="inlineStr">${content}</c>` : `<c r="${ref}" s="${style}"/>`;
}

const name = (column: number, row: number) => `${String.fromCharCode(64 + column)}${row}`;

const format = (font: number, border: number, horizontal: string) =>
  `<xf numFmtId="49" fontId="${font}" fillId="0" borderId="${border}" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment horizontal="${horizontal}" vertical="center" wrapText="1"/></xf>`;
const font = (face: string, points: number) =>
  `<font><sz val="${points}"/><name val="${face}"/><charset val="134"/></font>`;
const line = (side: string) => `<${side} style="thin"><color auto="1"/></${side}>`;
const stylesXml = `<styleSheet xmlns="${main}"><fonts count="3">${font('宋体', 11)}${font('黑体', 18)}${font('宋体', 10)}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${['left', 'right', 'top', 'bottom'].map(line).join('')}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${format(1, 0, 'center')}${format(0, 1, 'center')}${format(0, 1, 'center')}${format(2, 0, 'left')}${format(0, 0, 'left')}</cellXfs></styleSheet>`;
