/**
 * The letter as a simple page, made from its text so that the two can never say different things: blank lines divide
 * paragraphs, `1. ` lines make a list, a short `一、…` line a heading. No links, pictures or styles from elsewhere:
 * NetEase and the phone's mail program both show it.
 */
export function letterHtml(text: string): string {
  const body = text
    .split(/\n{2,}/)
    .map(block)
    .join('\n');
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"></head>
<body style="margin:0;padding:16px;font:16px/1.8 'Microsoft YaHei','PingFang SC',sans-serif;color:#222">
<div style="max-width:680px">
${body}
</div></body></html>
`;
}

function block(text: string): string {
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.length > 0 && lines.every((line) => /^\d+\. /.test(line))) return list(lines);
  const [only] = lines;
  if (only && lines.length === 1 && /^[一二三四五六七八九十]+、\S{2,40}$/.test(only))
    return `<p style="margin:16px 0 4px;font-weight:bold">${escapeHtml(only)}</p>`;
  return `<p style="margin:0 0 12px">${lines.map(escapeHtml).join('<br>\n')}</p>`;
}

/** The numbers stay in the text of each item: a mail program that drops list marks still shows them. */
function list(lines: string[]): string {
  const items = lines.map((line) => `<li style="margin:0 0 6px">${escapeHtml(line)}</li>`);
  return `<ul style="margin:0 0 12px;padding:0;list-style:none">\n${items.join('\n')}\n</ul>`;
}

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
