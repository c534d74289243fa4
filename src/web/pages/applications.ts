import type { Notice } from '../../notice/notice.ts';
import { statusWords, timelinessWords } from '../../reports/say.ts';
import {
  type ApplicationRow,
  countMoves,
  type MoveName,
  moves,
  type Order,
  orders,
  pageOfApplications,
  type Wanted,
} from '../../store/desk/application-rows.ts';
import type { Desk } from '../desk.ts';
import { type Html, html } from '../html.ts';
import { emptyPage, linesAPage, link, pageOf, pager } from '../paging.ts';
import type { Route } from '../route.ts';
import { moment, signs } from '../signs.ts';

const path = '/applications';
export const moveWords: Record<MoveName, string> = {
  review: '待审',
  look: '待查看',
  union: '待补正',
  late: '截止后待定',
  decided: '已审',
};

export const applicationsRoutes: Route[] = [
  {
    method: 'GET',
    path,
    role: 'viewer',
    answer: async (desk, { query }) => ({
      page: { title: '申报件', place: path, main: await table(desk, asked(query)) },
    }),
  },
];

/** What the address asks for, and nothing else. */
export function asked(
  query: Record<string, string>,
): Record<'move' | 'complete' | 'q' | 'order' | 'down' | 'page', string> {
  const oneOf = (words: readonly string[], given = '') => (words.includes(given) ? given : '');
  return {
    move: oneOf(moves, query.move),
    complete: query.complete === '1' ? '1' : '',
    q: (query.q ?? '').trim().slice(0, 60),
    order: oneOf(orders, query.order),
    down: query.down === '1' ? '1' : '',
    page: pageOf(query.page) > 1 ? String(pageOf(query.page)) : '',
  };
}

/** Without a wish the newest come first. */
export const wantedOf = ({ move, complete, q, order, down, page }: ReturnType<typeof asked>): Wanted => ({
  move: (move || null) as MoveName | null,
  isComplete: complete === '1',
  text: q,
  order: (order || 'last') as Order,
  isDown: order === '' || down === '1',
  from: (pageOf(page) - 1) * linesAPage,
  most: linesAPage,
});

async function table({ books: { db, notice } }: Desk, query: ReturnType<typeof asked>): Promise<Html> {
  const [{ rows, total }, counts] = await Promise.all([pageOfApplications(db, wantedOf(query)), countMoves(db)]);
  return html`<div class="head"><h1>申报件</h1>${search(query)}</div>
${tabs(query, counts)}
${query.complete && html`<p class="quiet">只列六项材料齐全的，包括已审的。<a href="${link(path, query, { complete: '', page: '' })}">不限齐全与否</a></p>`}
<div id="table" data-fresh>${rows.length > 0 ? lines(rows, query, notice) : emptyPage(path, query, empty(query))}
${pager(path, query, total)}</div>`;
}

/** A search begins on the first page; what the list was narrowed to and sorted by stays as it was asked for. */
function search(query: ReturnType<typeof asked>): Html {
  const { q, page, ...kept } = query;
  const fields = Object.entries(kept).filter(([, value]) => value !== '');
  return html`<form class="search" role="search">${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<label><span class="unseen">搜索姓名、单位、编号</span>
<input type="search" name="q" value="${q}" placeholder="姓名、单位、编号" data-search></label><button>搜索</button></form>`;
}

function tabs(query: ReturnType<typeof asked>, counts: Record<MoveName, number>): Html {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const tab = (move: string, name: string, count: number) =>
    html`<li><a href="${link(path, query, { move, page: '' })}"${query.move === move && html` aria-current="true"`}>${name} <small>${count}</small></a></li>`;
  return html`<ul class="tabs" id="tabs" data-fresh>${tab('', '全部', all)}${moves.map((move) => tab(move, moveWords[move], counts[move]))}</ul>`;
}

function lines(rows: readonly ApplicationRow[], query: ReturnType<typeof asked>, notice: Notice): Html {
  const heads = html`<th aria-sort="none">${sorter(query, 'number', '编号')}</th><th>${sorter(query, 'nominee', '推荐人选')}</th><th>${sorter(query, 'union', '推荐单位')}</th>
<th class="boxes">${notice.requirements.map(({ name }, index) => html`<abbr title="${name}">${index + 1}</abbr>`)}</th><th>${sorter(query, 'findings', '问题')}</th><th>状态</th><th>${sorter(query, 'last', '最近来件')}</th>`;
  const keep = new URLSearchParams(
    Object.entries(query).filter(([name, value]) => value !== '' && name !== 'page'),
  ).toString();
  return html`<div class="scroll"><table class="applications" data-rows><thead><tr>${heads}</tr></thead><tbody>${rows.map((row) => line(row, keep, notice))}</tbody></table></div>`;
}

/** A heading that sorts; pressed again, the other way round. */
function sorter(query: ReturnType<typeof asked>, order: Order, name: string): Html {
  const isThis = (query.order || 'last') === order;
  const isDown = query.order === '' || query.down === '1';
  const down = isThis && isDown ? '' : '1';
  const arrow = isThis ? (isDown ? '↓' : '↑') : '';
  return html`<a href="${link(path, query, { order, down, page: '' })}">${name}${arrow && html` <span aria-hidden="true">${arrow}</span><span class="unseen">（${isDown ? '降序' : '升序'}）</span>`}</a>`;
}

function line(row: ApplicationRow, keep: string, notice: Notice): Html {
  const to = `${path}/${encodeURIComponent(row.number)}${keep && `?${keep}`}`;
  return html`<tr data-row="${to}"><td class="number"><a href="${to}">${row.number}</a></td><td class="who">${row.nominee ?? html`<i>姓名不明</i>`}</td>
<td class="from">${row.union ?? html`<i>单位不明</i>`}${row.union && !row.unionKnown && html` <small class="warn">不在名册</small>`}</td>
<td class="boxes">${signs(notice, row.requirements)}</td>
<td class="n">${row.blocking > 0 && html`<b class="warn">${row.blocking}</b> `}${row.findings - row.blocking > 0 && html`<span class="quiet">+${row.findings - row.blocking}</span>`}</td>
<td><span class="state ${row.status}">${statusWords[row.status]}</span>${row.timeliness !== 'on_time' && html` <small class="warn">${timelinessWords[row.timeliness]}</small>`}</td>
<td>${moment(row.lastReceivedAt)}</td></tr>`;
}

const empty = (query: ReturnType<typeof asked>) =>
  query.q || query.move || query.complete
    ? html`<p class="empty">没有符合的申报件。<a href="${link(path, query, { q: '', move: '', complete: '', page: '' })}">看全部</a></p>`
    : html`<p class="empty">还没有申报件。来信一到就会出现在这里，不用刷新。</p>`;
