import { sayMoment } from '../../../clock.ts';
import { addressesOfUnions } from '../../../store/desk/addresses.ts';
import type { Desk } from '../../desk.ts';
import { type Html, html } from '../../html.ts';

/** The round as it was read. */
export function round({ notice, settings: { letters, quietMinutes, digestAt, digestTo } }: Desk['books']): Html {
  const facts: [string, string][] = [
    ['通知', `${notice.title}（${notice.documentNumber}）`],
    ['收件邮箱', notice.mailbox],
    ['开始收件', sayMoment(notice.opens)],
    ['报送截止', `${notice.deadline.wording}（${sayMoment(notice.deadline.cutOff)}以前到达算按时）`],
    ['材料', notice.requirements.map(({ name }, index) => `${index + 1}. ${name}`).join('　')],
    ['发信', { auto: '到点自动发出', hold: '由人逐封发出', observe: '不写信' }[letters]],
    ['静候', `${quietMinutes}分钟没有新来信才发补正通知`],
    ['日报', `${digestAt}${digestTo.length > 0 ? `，发给${digestTo.join('、')}` : '，没有设置收件人'}`],
  ];
  return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl><p class="quiet">这些写在 config 文件夹和 .env 里，改了以后重新启动；写法见 docs/next-notice.md。</p>`;
}

/** The roster, with the addresses that each union has written from in this round. */
export async function roster({ notice, db }: Desk['books']): Promise<Html> {
  const learnt = await addressesOfUnions(db, notice.code);
  const known = new Set(notice.roster.map(({ name }) => name));
  const others = [...learnt].filter(([name]) => !known.has(name));
  const line = (name: string, group: string, quota: number | null, aliases: readonly string[]) =>
    html`<tr><td>${name}</td><td>${group}</td><td class="n">${quota}</td><td>${aliases.join('、')}</td><td>${learnt.get(name)?.join('、')}</td></tr>`;
  return html`<div class="scroll tall" tabindex="0" role="region" aria-label="推荐单位名册"><table><thead><tr><th>单位</th><th>类别</th><th class="n">名额</th><th>别名</th><th>本批来过信的邮箱</th></tr></thead><tbody>
${notice.roster.map(({ name, group, quota, aliases }) => line(name, group, quota, aliases))}${others.map(([name]) => line(name, '不在名册', null, []))}</tbody></table></div>
<p class="quiet">名册写在 config 文件夹的 roster.csv 里。</p>`;
}
