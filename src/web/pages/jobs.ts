import { failedLetters, retryLetters } from '../../store/delivery.ts';
import { countLetters } from '../../store/desk/letter-rows.ts';
import { countKeptSince, countMessages } from '../../store/desk/message-rows.ts';
import { listFailed } from '../../store/failed-jobs.ts';
import { messagesToRerun, rerunMessages } from '../../store/messages.ts';
import type { FailedJob } from '../../store/records.ts';
import type { Desk } from '../desk.ts';
import { type Html, html } from '../html.ts';
import { section, token } from '../page.ts';
import type { Ask, Route, Visitor } from '../route.ts';
import { moment } from '../signs.ts';

const path = '/jobs';

/** For admins: what gave up, at which stage and why; what waits; everything again. */
export const jobsRoutes: Route[] = [
  {
    method: 'GET',
    path,
    role: 'admin',
    answer: async (desk, ask) => ({ page: { title: '任务', place: path, main: await jobs(desk, ask) } }),
  },
  {
    method: 'POST',
    path: `${path}/rerun`,
    role: 'admin',
    answer: async (desk, ask) => {
      await rerun(desk, ask);
      return { redirect: path };
    },
  },
];

async function jobs(desk: Desk, { visitor }: Ask): Promise<Html> {
  const { db } = desk.books;
  const [failed, mails, letters] = await Promise.all([listFailed(db), countMessages(db), countLetters(db)]);
  const waiting: [string, number][] = [
    ['等待读取的邮件', mails.pending],
    ['到点待发的信', letters.due],
    ['正在发送', letters.sending],
    ['读不成的邮件', mails.failed],
    ['发不出的信', letters.failed],
  ];
  return html`<h1>任务</h1>
${section('waiting', '队列', html`<ul class="tiles">${waiting.map(([name, count]) => html`<li><b>${count}</b> <span>${name}</span></li>`)}</ul><p class="quiet">${await pace(desk)}</p>`)}
${section('failed', '没有办成的', failed.length > 0 ? table(failed, visitor) : html`<p class="calm">没有失败的任务</p>`)}
${section('again', '全部重跑', all(visitor))}`;
}

const hourMs = 3_600_000;

async function pace({ books: { db, clock } }: Desk): Promise<string> {
  const kept = await countKeptSince(db, new Date(clock.now().getTime() - hourMs));
  return `最近一小时收到邮件${kept}封`;
}

function table(failed: readonly FailedJob[], visitor: Visitor): Html {
  const rows = failed.map(
    ({
      kind,
      row,
      stage,
      attempts,
      reason,
      failedAt,
    }) => html`<tr><td><label><input type="checkbox" name="${kind}-${row}" value="1"><span class="unseen">选中</span></label></td>
<td><a href="${kind === 'intake' ? '/messages' : '/letters'}/${row}">${kind === 'intake' ? '邮件' : '信件'} ${row}</a></td><td>${stage}</td><td>${reason}</td><td class="n">${attempts}</td><td>${moment(failedAt)}</td></tr>`,
  );
  return html`<form method="post" action="${path}/rerun">${token(visitor)}<div class="scroll"><table><thead><tr><th><span class="unseen">选择</span></th><th>哪一项</th><th>步骤</th><th>原因</th><th class="n">试过</th><th>时间</th></tr></thead><tbody>${rows}</tbody></table></div>
<button name="which" value="chosen" class="primary">重跑选中的</button> <button name="which" value="failed">重跑全部失败的</button></form>`;
}

const all = (visitor: Visitor) =>
  html`<form method="post" action="${path}/rerun" data-ask="确定把全部邮件从原文重新处理一遍吗？">${token(visitor)}<p>改了规则或程序以后，可以把全部邮件从原文重新处理一遍。同样的情况不会再发第二封信，人工处理的结果都保留。</p><button name="which" value="all">全部邮件重跑</button></form>`;

/** Mails again from their raw bytes, letters again to the server; journalled first (the command line does the same). */
async function rerun({ books: { db, journal }, nudge }: Desk, { form, visitor }: Ask): Promise<void> {
  const chosen = (kind: string) =>
    Object.keys(form).flatMap((name) => (new RegExp(`^${kind}-\\d+$`).test(name) ? [Number(name.split('-')[1])] : []));
  const which = form.which === 'all' ? 'all' : form.which === 'failed' ? 'failed' : { ids: chosen('intake') };
  const identities = await messagesToRerun(db, which);
  const letters = await failedLetters(db, which === 'failed' ? 'all' : chosen('deliver'));
  if (identities.length + letters.length === 0) return;
  await journal.write({ event: 'rerun', identities, letters, by: visitor.name });
  await rerunMessages(db, identities);
  await retryLetters(db, letters);
  nudge();
}
