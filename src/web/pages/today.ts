import type { Digest } from '../../reports/digest/digest.ts';
import {
  dayOf,
  sayBalance,
  sayDeadline,
  sayGaps,
  sayQuiet,
  saySilent,
  saySystem,
  sayTotals,
  sayUnion,
} from '../../reports/digest/sentences.ts';
import type { Duty } from '../../reports/duties.ts';
import { sayFolder } from '../../reports/say.ts';
import { arrivalsChart } from '../chart.ts';
import type { Desk } from '../desk.ts';
import { type Html, html } from '../html.ts';
import { section } from '../page.ts';
import type { Route } from '../route.ts';
import { moment } from '../signs.ts';
import type { Glance } from '../standing.ts';

/** The morning's page: what to do first, then how the round stands, then the proof that no mail was lost. */
export const todayRoutes: Route[] = [
  {
    method: 'GET',
    path: '/',
    role: 'viewer',
    answer: async (desk) => {
      const glance = await desk.standing.glance();
      return { page: { title: '今日', place: '/', main: today(desk, glance) } };
    },
  },
];

function today({ books }: Desk, { digest, duties, arrivals }: Glance): Html {
  const { cutOff } = books.notice.deadline;
  return html`<h1 class="unseen">今日</h1>
<div class="hero" id="hero" data-fresh><p class="deadline">${sayDeadline(digest)}</p><p class="quiet">${dayOf(digest)}　${digest.round.honour}推荐材料</p>
<ul class="tiles">${sayTotals(digest).map(
    ([name, value]) =>
      html`<li><a href="${tileLink[name] ?? '/applications'}"><b>${value}</b> <span>${name}</span></a></li>`,
  )}</ul></div>
<div class="columns"><div>
${section('duties', html`今天要做的事 <span class="quiet">${duties.length}项</span>`, dutyList(duties, digest))}
</div><div>
${section('balance', '邮件一封不少', balance(digest))}
${section('arrivals', '每天来信', arrivalsChart(arrivals, cutOff))}
${section('system', '系统状况', system(digest))}
</div></div>
${section('units', '推荐单位进度', units(digest))}`;
}

const tileLink: Record<string, string> = {
  新收邮件: '/messages',
  申报件: '/applications',
  齐全: '/applications?complete=1',
  待补正: '/applications?move=union',
  待查看: '/applications?move=look',
  待审: '/applications?move=review',
  截止后待定: '/applications?move=late',
  已审: '/applications?move=decided',
};

const mostDuties = 30;

function dutyList(duties: readonly Duty[], digest: Digest): Html {
  if (duties.length === 0) return html`<p class="calm">${sayQuiet(digest) ?? '现在没有等人处理的事'}</p>`;
  const rest = duties.length - mostDuties;
  return html`<ol class="duties" data-rows>${duties
    .slice(0, mostDuties)
    .map(
      (duty) =>
        html`<li class="${duty.urgency <= 5 ? 'urgent' : 'usual'}"><a href="${placeOf(duty)}" data-row>${duty.text}</a>${
          duty.due && html` <span class="due">${moment(duty.due)} 前</span>`
        }</li>`,
    )}</ol>${rest > 0 && html`<p class="quiet">另有${rest}项，处理上面的之后显示；也可在<a href="/applications?move=look">申报件</a>里按状态查看</p>`}`;
}

/** Where the thing is done. */
function placeOf({ letter, number, message, kind }: Duty): string {
  if (letter !== null) return `/letters/${letter}`;
  if (number !== null) return `/applications/${encodeURIComponent(number)}`;
  if (message !== null) return `/messages/${message}`;
  if (kind === 'letters_stopped') return '/letters';
  return kind === 'failed_work' ? '/jobs' : '/#system';
}

const balance = ({ balance: told }: Digest) =>
  html`<p class="${told.ok ? 'calm' : 'alarm'}">${sayBalance(told)}</p>${
    told.folders.length > 1 &&
    html`<table class="plain"><thead><tr><th>文件夹</th><th>邮箱</th><th>台账</th></tr></thead><tbody>${told.folders.map(
      ({ folder, server, ledger }) => html`<tr><td>${sayFolder(folder)}</td><td>${server}</td><td>${ledger}</td></tr>`,
    )}</tbody></table><p class="quiet">同一封信若在两个文件夹里，这里各算一封，“邮件”页只列一次。</p>`
  }`;

function system(digest: Digest): Html {
  const [, ...lines] = saySystem(digest); // the first tells the balance, which has a place of its own
  return html`<p class="${digest.system.ok ? 'calm' : 'alarm'}">${digest.system.ok ? '一切正常' : '需要留意'}</p>${lines.map((line) => html`<p>${line}</p>`)}`;
}

function units(digest: Digest): Html {
  const sent = digest.units.filter(({ received }) => received > 0);
  const silent = saySilent(digest);
  const rows = sent.map(
    (
      unit,
    ) => html`<tr><td>${sayUnion(unit)}${unit.overQuota && html` <b class="warn">超名额</b>`}</td><td class="n">${unit.quota}</td>
<td class="n">${unit.received}</td><td class="n">${unit.complete}</td><td>${unit.gaps.map(
      (gaps) =>
        html`<a class="gap" href="/applications/${encodeURIComponent(gaps.number)}">${sayGaps(gaps, digest.materials)}</a>`,
    )}</td></tr>`,
  );
  return html`${
    sent.length > 0
      ? html`<div class="scroll"><table><thead><tr><th>推荐单位</th><th class="n">名额</th><th class="n">收到</th><th class="n">齐全</th><th>还缺什么</th></tr></thead><tbody>${rows}</tbody></table></div>`
      : html`<p class="quiet">还没有单位来件</p>`
  }${silent && html`<p class="silent">${silent}</p>`}`;
}
