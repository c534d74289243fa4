import { sayReason } from '../../reports/digest/set-aside.ts';
import { fateWords } from '../../reports/say.ts';
import { countMessages, type MessageFilter, messageFilters, pageOfMessages } from '../../store/desk/message-rows.ts';
import type { MessageRecord } from '../../store/records.ts';
import type { Desk } from '../desk.ts';
import { type Html, html } from '../html.ts';
import { emptyPage, linesAPage, link, pageOf, pager } from '../paging.ts';
import type { Route } from '../route.ts';
import { moment } from '../signs.ts';

const path = '/messages';
const filterWords: Record<MessageFilter, string> = { person: '等人处理', ...fateWords };

/** The ledger: every mail ever met, with what became of it and why. */
export const messagesRoutes: Route[] = [
  {
    method: 'GET',
    path,
    role: 'viewer',
    answer: async (desk, { query }) => {
      const filter = messageFilters.find((each) => each === query.fate) ?? null;
      const q = (query.q ?? '').trim().slice(0, 60);
      const wanted = { fate: filter ?? '', q, page: pageOf(query.page) > 1 ? String(pageOf(query.page)) : '' };
      return { page: { title: '邮件', place: path, main: await ledger(desk, filter, wanted) } };
    },
  },
];

type Query = { fate: string; q: string; page: string };

async function ledger({ books: { db } }: Desk, filter: MessageFilter | null, query: Query): Promise<Html> {
  const wanted = { filter, text: query.q, from: (pageOf(query.page) - 1) * linesAPage, most: linesAPage };
  const [{ rows, total }, counts] = await Promise.all([pageOfMessages(db, wanted), countMessages(db)]);
  const { person, ...byFate } = counts;
  const all = Object.values(byFate).reduce((sum, count) => sum + count, 0);
  const tab = (fate: string, name: string, count: number) =>
    html`<li><a href="${link(path, query, { fate, page: '' })}"${query.fate === fate && html` aria-current="true"`}>${name} <small>${count}</small></a></li>`;
  return html`<div class="head"><h1>邮件</h1><form class="search" role="search"><input type="hidden" name="fate" value="${query.fate}"><label><span class="unseen">搜索主题、发件人</span>
<input type="search" name="q" value="${query.q}" placeholder="主题、发件人" data-search></label><button>搜索</button></form></div>
<ul class="tabs" id="tabs" data-fresh>${tab('', '全部', all)}${messageFilters.map((each) => tab(each, filterWords[each], counts[each]))}</ul>
<div id="table" data-fresh>${rows.length > 0 ? table(rows) : emptyPage(path, query, html`<p class="empty">没有这样的邮件。<a href="${path}">看全部</a></p>`)}${pager(path, query, total)}</div>`;
}

const table = (rows: readonly MessageRecord[]) =>
  html`<div class="scroll"><table class="messages" data-rows><thead><tr><th>收到</th><th>发件人</th><th>主题</th><th>去向</th><th>申报件</th></tr></thead><tbody>${rows.map(line)}</tbody></table></div>`;

function line(row: MessageRecord): Html {
  const to = `${path}/${row.id}`;
  return html`<tr data-row="${to}"><td>${moment(row.receivedAt)}</td><td class="from">${row.fromName || row.from}</td>
<td class="subject"><a href="${to}">${row.subject || '（无主题）'}</a>${row.sightings > 1 && html` <small class="quiet">收到${row.sightings}次</small>`}</td>
<td><span class="fate ${row.fate}">${fateWords[row.fate]}</span>${row.needsPerson && html` <b class="warn">等人处理</b>`}${row.reason && html` <small class="quiet">${sayReason(row)}</small>`}</td>
<td>${row.applications.map((number) => html`<a class="gap" href="/applications/${encodeURIComponent(number)}">${number}</a>`)}</td></tr>`;
}
