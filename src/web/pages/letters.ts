import { letterStateWords, letterWords } from '../../reports/say.ts';
import { countLetters, pageOfLetters } from '../../store/desk/letter-rows.ts';
import { listLetters } from '../../store/letter-list.ts';
import type { LetterRecord, LetterState } from '../../store/records.ts';
import { isStopped, resumeLetters, stopLetters, stoppedFor } from '../../store/stop.ts';
import { doAct } from '../act.ts';
import type { Desk } from '../desk.ts';
import { type Html, html } from '../html.ts';
import { mayPass, token } from '../page.ts';
import { emptyPage, linesAPage, link, pageOf, pager } from '../paging.ts';
import type { Ask, Route, Visitor } from '../route.ts';
import { moment } from '../signs.ts';

const path = '/letters';
const states: LetterState[] = ['held', 'due', 'sending', 'sent', 'failed', 'bounced'];

/** The outbox and what left it; the stop button. */
export const lettersRoutes: Route[] = [
  {
    method: 'GET',
    path,
    role: 'viewer',
    answer: async (desk, ask) => ({ page: { title: '待发', place: path, main: await outbox(desk, ask) } }),
  },
  {
    method: 'POST',
    path: `${path}/stop`,
    role: 'reviewer',
    answer: async ({ books: { db, journal } }, { visitor, form }) => {
      const reason = (form.reason ?? '').trim().slice(0, 200);
      await stopLetters(db, journal, reason || '人工停止', visitor.name);
      return { redirect: path };
    },
  },
  {
    method: 'POST',
    path: `${path}/resume`,
    role: 'reviewer',
    answer: async ({ books: { db, journal }, nudge }, { visitor }) => {
      await resumeLetters(db, journal, visitor.name);
      nudge();
      return { redirect: path };
    },
  },
  {
    method: 'POST',
    path: `${path}/release-all`,
    role: 'reviewer',
    answer: (desk, ask) => doAct(desk, ask, { kind: 'release_all_held' }, { seen: null, back: `${path}?state=due` }),
  },
];

async function outbox({ books: { db } }: Desk, { query, visitor }: Ask): Promise<Html> {
  const counts = await countLetters(db);
  const state = states.find((each) => each === query.state) ?? (counts.held > 0 ? 'held' : 'due');
  const page = pageOf(query.page);
  const here = { state, page: String(page) };
  const letters = await pageOfLetters(db, { state, from: (page - 1) * linesAPage, most: linesAPage });
  const why = (await isStopped(db)) ? await stoppedFor(db) : null;
  const tab = (each: LetterState) =>
    html`<li><a href="${link(path, { state: each })}"${each === state && html` aria-current="true"`}>${letterStateWords[each]} <small>${counts[each]}</small></a></li>`;
  return html`<div class="head"><h1>待发</h1>${mayPass(visitor, 'reviewer') && stopButton(visitor, why)}</div>
<ul class="tabs" id="tabs" data-fresh>${states.map(tab)}</ul>
<div id="table" data-fresh>${state === 'held' && letters.length > 1 && mayPass(visitor, 'reviewer') && releaseAll(visitor, counts.held)}
${letters.length > 0 ? table(letters) : emptyPage(path, here, html`<p class="empty">${nothing[state]}</p>`)}${pager(path, here, counts[state])}</div>`;
}

const nothing: Record<LetterState, string> = {
  held: '没有等人决定的信',
  due: '没有到点要发的信',
  sending: '没有正在发送的信',
  sent: '还没有发出过信',
  failed: '没有发不出去的信',
  bounced: '没有被退回的信',
};

/** Red, always there: a person must be able to stop the machine's mouth at once. */
const stopButton = (visitor: Visitor, why: string | null) =>
  why === null
    ? html`<form method="post" action="${path}/stop" class="inline" id="stopping" data-fresh>${token(visitor)}<label><span class="unseen">停止的原因</span><input name="reason" placeholder="原因（可不填）" maxlength="200"></label> <button class="stop">停止一切发信</button></form>`
    : html`<form method="post" action="${path}/resume" class="inline" id="stopping" data-fresh>${token(visitor)}<span class="warn">已停止：${why}</span> <button class="primary">恢复发信</button></form>`;

const releaseAll = (visitor: Visitor, count: number) =>
  html`<form method="post" action="${path}/release-all" class="inline" data-ask="确定把这${count}封信全部发出吗？">${token(visitor)}<button>全部发出（${count}封）</button></form>`;

const table = (letters: readonly LetterRecord[]) =>
  html`<div class="scroll"><table data-rows><thead><tr><th>时间</th><th>种类</th><th>收信人</th><th>主题</th><th>申报件</th><th>说明</th></tr></thead><tbody>${letters.map(line)}</tbody></table></div>`;

function line(letter: LetterRecord): Html {
  const to = `${path}/${letter.id}`;
  return html`<tr data-row="${to}"><td>${moment(letter.sentAt ?? letter.dueAt)}</td><td>${letterWords[letter.kind]}</td><td class="from">${letter.to}</td>
<td class="subject"><a href="${to}">${letter.subject}</a></td><td>${letter.number && html`<a class="gap" href="/applications/${encodeURIComponent(letter.number)}">${letter.number}</a>`}</td><td><small class="quiet">${letter.reason}</small></td></tr>`;
}

export const letterOf = async ({ books: { db } }: Pick<Desk, 'books'>, id: string): Promise<LetterRecord | null> =>
  /^\d{1,9}$/.test(id) ? ((await listLetters(db, { ids: [Number(id)] }))[0] ?? null) : null;
