/**
 * The few shapes the digest's page is made of. Styles are inline and tables simple: 126's web mail drops `<style>`,
 * phones have 390 px, and nothing may be fetched from elsewhere. Every function escapes what it is given.
 */
export const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const quietColour = '#6b7280';
const line = '#e5e7eb';

export function page(title: string, blocks: readonly string[]): string {
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title></head>
<body style="margin:0;padding:12px;font:15px/1.7 'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif;color:#1f2937;background:#ffffff">
<div style="max-width:720px;margin:0 auto">
${blocks.filter(Boolean).join('\n')}
</div></body></html>
`;
}

export const title = (text: string) =>
  `<div style="font-size:20px;font-weight:bold;line-height:1.5">${escapeHtml(text)}</div>`;

export const section = (heading: string, inside: string) =>
  `<div style="margin:22px 0 6px;padding:0 0 4px;border-bottom:2px solid #1f2937;font-weight:bold">${escapeHtml(heading)}</div>\n${inside}`;

export const paragraph = (text: string) => `<div style="margin:4px 0">${escapeHtml(text)}</div>`;
export const small = (text: string) =>
  `<div style="margin:2px 0;font-size:13px;color:${quietColour}">${escapeHtml(text)}</div>`;
export const warning = (text: string) =>
  `<div style="margin:6px 0;padding:6px 10px;border-left:4px solid #b91c1c;background:#fef2f2;color:#7f1d1d">${escapeHtml(text)}</div>`;
export const calm = (text: string) =>
  `<div style="margin:6px 0;padding:6px 10px;border-left:4px solid #15803d;background:#f0fdf4;color:#14532d">${escapeHtml(text)}</div>`;

export function numbered(lines: readonly string[]): string {
  const rows = lines.map(
    (text, index) =>
      `<tr><td style="padding:4px 6px 4px 0;vertical-align:top;text-align:right;color:${quietColour}">${index + 1}.</td><td style="padding:4px 0;vertical-align:top">${escapeHtml(text)}</td></tr>`,
  );
  return `<table cellpadding="0" cellspacing="0" style="border-collapse:collapse;width:100%">${rows.join('\n')}</table>`;
}

/** Figures with their names below, four in a row. */
export function tiles(figures: readonly [name: string, value: number][]): string {
  const cell = ([name, value]: [string, number]) =>
    `<td style="width:25%;padding:6px 2px;text-align:center;border:1px solid ${line}"><div style="font-size:20px;font-weight:bold;line-height:1.3">${value}</div><div style="font-size:12px;color:${quietColour}">${escapeHtml(name)}</div></td>`;
  const rows = [];
  for (let at = 0; at < figures.length; at += 4)
    rows.push(
      `<tr>${figures
        .slice(at, at + 4)
        .map(cell)
        .join('')}</tr>`,
    );
  return `<table cellpadding="0" cellspacing="0" style="border-collapse:collapse;width:100%">${rows.join('\n')}</table>`;
}

export type Row = { cells: string[]; below: string[] };

/**
 * A table whose first column takes what the others leave; what is said below a row spans it, small.
 *
 * @param paint colour and weight of a cell by its text; null: as usual
 */
export function table(heads: readonly string[], rows: readonly Row[], paint: (text: string) => string | null): string {
  const head = heads
    .map(
      (text, index) =>
        `<th style="${cellStyle(index)};font-weight:normal;font-size:12px;color:${quietColour}">${escapeHtml(text)}</th>`,
    )
    .join('');
  const body = rows.map(({ cells, below }) => {
    const first = cells
      .map((text, index) => {
        const colour = index === 0 ? null : paint(text);
        return `<td style="${cellStyle(index)};border-top:1px solid ${line}${colour ? `;${colour}` : ''}">${escapeHtml(text)}</td>`;
      })
      .join('');
    const second =
      below.length > 0
        ? `<tr><td colspan="${heads.length}" style="padding:0 0 6px">${below.map(small).join('')}</td></tr>`
        : '';
    return `<tr>${first}</tr>${second}`;
  });
  return `<table cellpadding="0" cellspacing="0" style="border-collapse:collapse;width:100%"><tr>${head}</tr>\n${body.join('\n')}</table>`;
}

const cellStyle = (index: number) =>
  index === 0
    ? 'padding:5px 4px 5px 0;text-align:left;vertical-align:top'
    : 'padding:5px 3px;text-align:center;vertical-align:top;white-space:nowrap';
