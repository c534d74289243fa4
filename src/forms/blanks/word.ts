import type { BlankCell, BlankForm, BlankRow } from './layout.ts';
import { escapeXml, packageParts, packParts } from './parcel.ts';

const twips = (mm: number) => Math.round((mm * 1440) / 25.4);
const sheets = { A3: [297, 420], A4: [210, 297] } as const;
const marginMm = 18;
const gapMm = 16;

/** Draws a blank form as .docx: fonts by the names that every Chinese Windows has. Deterministic bytes. */
export function blankWord(form: BlankForm): Promise<Buffer> {
  const body = form.folded ? foldedBody(form) : flatBody(form);
  const document = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;
  return packParts({
    ...packageParts('word/document.xml', 'wordprocessingml.document.main', {}),
    'word/document.xml': document,
  });
}

function flatBody(form: BlankForm): string {
  const head = form.head.map(({ label, value }) => `${label}：${value || '____________'}`).join('　　');
  return [
    paragraph(form.title, { font: '黑体', points: 18, align: 'center', afterPt: 8 }),
    ...(head ? [paragraph(head, { afterPt: 6 })] : []),
    table(form, pageWidth(form)),
    ...notes(form),
    section(form, 1),
  ].join('');
}

/** Outside: notes left (the back), cover right. Inside: the table runs through two columns. */
function foldedBody(form: BlankForm): string {
  const cover = form.head.map(({ label, value }) =>
    paragraph(`${label}：${value || '________________'}`, { points: 16, beforePt: 18 }),
  );
  return [
    ...notes(form),
    `<w:p><w:r><w:br w:type="column"/></w:r></w:p>`,
    paragraph(form.title, { font: '黑体', points: 30, align: 'center', beforePt: 120, afterPt: 90 }),
    ...cover,
    `<w:p><w:pPr>${section(form, 2)}</w:pPr></w:p>`,
    table(form, (pageWidth(form) - gapMm) / 2),
    paragraph('', { points: 2 }),
    section(form, 2),
  ].join('');
}

function pageWidth({ page, landscape }: BlankForm): number {
  const [short, tall] = sheets[page];
  return (landscape ? tall : short) - 2 * marginMm;
}

function notes(form: BlankForm): string[] {
  if (form.notes.length === 0) return [];
  const lines = form.notes.map((note, index) => paragraph(`${index + 1}. ${note}`, { points: 10.5, beforePt: 4 }));
  return [paragraph('填表说明：', { font: '黑体', points: 12, beforePt: 8 }), ...lines];
}

function section({ page, landscape }: BlankForm, columns: number): string {
  const [short, tall] = sheets[page].map(twips);
  const size = landscape ? `w:w="${tall}" w:h="${short}" w:orient="landscape"` : `w:w="${short}" w:h="${tall}"`;
  const margin = twips(marginMm);
  const sides = ['top', 'right', 'bottom', 'left'].map((side) => `w:${side}="${margin}"`).join(' ');
  return `<w:sectPr><w:pgSz ${size}/><w:pgMar ${sides} w:header="600" w:footer="600" w:gutter="0"/><w:cols w:num="${columns}" w:space="${twips(gapMm)}"/></w:sectPr>`;
}

type Look = { font?: string; points?: number; align?: 'center' | 'left'; beforePt?: number; afterPt?: number };

function paragraph(text: string, look: Look = {}): string {
  const { font = '宋体', points = 12, align = 'left', beforePt = 0, afterPt = 0 } = look;
  const properties = `<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="${font}"/><w:sz w:val="${points * 2}"/></w:rPr>`;
  const run = text && `<w:r>${properties}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
  return `<w:p><w:pPr><w:spacing w:before="${beforePt * 20}" w:after="${afterPt * 20}"/><w:jc w:val="${align}"/>${properties}</w:pPr>${run}</w:p>`;
}

function table(form: BlankForm, widthMm: number): string {
  const total = form.widths.reduce((sum, width) => sum + width, 0);
  const widths = form.widths.map((width) => twips((widthMm * width) / total));
  const lines = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
    .map((side) => `<w:${side} w:val="single" w:sz="6" w:color="000000"/>`)
    .join('');
  const rows = form.rows.map((row, index) => tableRow(row, index, form, widths)).join('');
  return `<w:tbl><w:tblPr><w:tblW w:w="${widths.reduce((sum, width) => sum + width, 0)}" w:type="dxa"/><w:tblBorders>${lines}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')}</w:tblGrid>${rows}</w:tbl>`;
}

function tableRow({ heightMm, cells }: BlankRow, index: number, form: BlankForm, widths: number[]): string {
  const reaching = form.rows
    .slice(0, index)
    .flatMap((row, above) => row.cells.filter(({ rowSpan }) => above + rowSpan > index))
    .map((cell) => ({ ...cell, text: '', from: 'above' as const }));
  const all = [...cells, ...reaching].sort((a, b) => a.column - b.column);
  return `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="${twips(heightMm)}" w:hRule="atLeast"/></w:trPr>${all.map((cell) => tableCell(cell, widths)).join('')}</w:tr>`;
}

function tableCell(cell: BlankCell & { from?: 'above' }, widths: number[]): string {
  const { text, role, column, columnSpan, rowSpan, from } = cell;
  const width = widths.slice(column - 1, column - 1 + columnSpan).reduce((sum, each) => sum + each, 0);
  const merge = from ? '<w:vMerge/>' : rowSpan > 1 ? '<w:vMerge w:val="restart"/>' : '';
  const isLong = columnSpan >= 8 && role === 'value';
  const align = role === 'label' || !isLong ? 'center' : 'left';
  const lines = text.split('\n').map((line) => paragraph(line, { points: 10.5, align }));
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/><w:gridSpan w:val="${columnSpan}"/>${merge}<w:vAlign w:val="center"/></w:tcPr>${lines.join('')}</w:tc>`;
}
