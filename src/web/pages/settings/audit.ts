import { listAudit } from '../../../store/audit.ts';
import type { Desk } from '../../desk.ts';
import { type Html, html } from '../../html.ts';
import { moment } from '../../signs.ts';

const most = 500;

export async function auditPage({ books: { db } }: Desk): Promise<Html> {
  const all = (await listAudit(db)).slice(0, most);
  const rows = all.map(
    ({ at, by, what, number }) => html`<tr><td>${moment(at)}</td><td>${by}</td><td>${what}</td><td>${number}</td></tr>`,
  );
  return html`<h1>查阅记录</h1><p class="quiet">谁查看过完整的身份证号、电话，谁下载过文件。最新的在前，最多${most}条。</p>${
    rows.length > 0
      ? html`<div class="scroll"><table><thead><tr><th>时间</th><th>谁</th><th>做了什么</th><th>申报件</th></tr></thead><tbody>${rows}</tbody></table></div>`
      : html`<p class="empty">还没有记录</p>`
  }<p><a class="button" href="/settings">回到设置</a></p>`;
}
