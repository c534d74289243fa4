import { Failure } from '../../errors.ts';
import { mailHeaders } from '../../office/mail-headers.ts';
import { sayReason } from '../../reports/digest/set-aside.ts';
import { fateWords, sayFolder } from '../../reports/say.ts';
import { type Unplaced, unplacedOf } from '../../store/desk/mail-shares.ts';
import { sightingsOf, understoodOf } from '../../store/desk/message-rows.ts';
import { listMessages } from '../../store/message-list.ts';
import { rerunMessages } from '../../store/messages.ts';
import type { MessageRecord, Understood, UnderstoodFile } from '../../store/records.ts';
import { doAct } from '../act.ts';
import type { Desk } from '../desk.ts';
import { type Html, html } from '../html.ts';
import { mayPass, section, token } from '../page.ts';
import { link } from '../paging.ts';
import { mayShowNumbers, personalText, revealLink } from '../personal.ts';
import type { Route, Visitor } from '../route.ts';
import { moment, size } from '../signs.ts';
import { placeDeed, placeSection } from './message-place.ts';

const path = '/messages/:id';

/** One mail: its words, its files, what became of it, and a person's word against the machine's. */
export const messageRoutes: Route[] = [
  {
    method: 'GET',
    path,
    role: 'viewer',
    answer: async (desk, { params, query, visitor }) => {
      const mail = await mailOf(desk, params.id);
      const asked = { visitor, isWanted: query.full === '1', what: `邮件${mail.record.id}`, number: null };
      const isFull = await mayShowNumbers(desk, asked);
      return {
        page: {
          title: mail.record.subject || '（无主题）',
          place: '/messages',
          main: show(mail, desk, visitor, isFull),
        },
      };
    },
  },
  {
    method: 'POST',
    path: `${path}/rule`,
    role: 'reviewer',
    answer: async (desk, ask) => {
      const { record, identity } = await mailOf(desk, ask.params.id);
      const ruled = ask.form.ruled === 'application' || ask.form.ruled === 'set_aside' ? ask.form.ruled : null;
      return doAct(desk, ask, { kind: 'rule', mail: identity, ruled }, { seen: null, back: `/messages/${record.id}` });
    },
  },
  {
    method: 'POST',
    path: `${path}/place`,
    role: 'reviewer',
    answer: async (desk, ask) => {
      const { record, unplaced } = await mailOf(desk, ask.params.id);
      return doAct(desk, ask, placeDeed(unplaced, ask.form), { seen: null, back: `/messages/${record.id}` });
    },
  },
  {
    method: 'POST',
    path: `${path}/rerun`,
    role: 'reviewer',
    answer: async (desk, { params, visitor }) => {
      const { record, identity } = await mailOf(desk, params.id);
      const { db, journal } = desk.books;
      await journal.write({ event: 'rerun', identities: [identity], letters: [], by: visitor.name });
      await rerunMessages(db, [identity]);
      desk.nudge();
      return { redirect: `/messages/${record.id}` };
    },
  },
];

type Mail = {
  record: MessageRecord;
  identity: string;
  ruled: string | null;
  understood: Understood | null;
  places: { account: string; folder: string; uid: number }[];
  unplaced: Unplaced[];
  headers: string | null;
};

async function mailOf({ books: { db, rawStore } }: Desk, id = ''): Promise<Mail> {
  const number = /^\d{1,9}$/.test(id) ? Number(id) : 0;
  const [record] = await listMessages(db, [number]);
  const known = await understoodOf(db, number);
  if (!record || !known) throw new Failure('permanent', '没有这封邮件');
  const headers = record.sha256 === null ? null : await mailHeaders(rawStore, record.sha256);
  return { record, ...known, places: await sightingsOf(db, number), unplaced: await unplacedOf(db, number), headers };
}

function show(
  { record, ruled, understood, places, unplaced, headers }: Mail,
  { books: { notice } }: Desk,
  visitor: Visitor,
  isFull: boolean,
): Html {
  const text = understood?.text.trim() || '（没有正文）';
  const requirementName = (code: string | null) => notice.requirements.find((each) => each.code === code)?.name;
  return html`<div class="head"><h1>${record.subject || '（无主题）'}</h1></div>
<div class="columns wide"><div>
${section(
  'words',
  '来信',
  html`<dl class="facts"><div><dt>发件人</dt><dd>${record.fromName} &lt;${record.from}&gt;</dd></div>
<div><dt>收到</dt><dd>${moment(record.receivedAt)}</dd></div><div><dt>大小</dt><dd>${size(record.bytes)}</dd></div>
<div><dt>在邮箱</dt><dd>${places.map(({ folder, uid }) => `${sayFolder(folder)} ${uid}`).join('、')}</dd></div></dl>
${revealLink(text, `/messages/${record.id}?full=1`, isFull)}<pre class="paper">${personalText(text, isFull)}</pre>${headers && html`<details id="headers"><summary>邮件头</summary><pre class="paper">${personalText(headers, isFull)}</pre></details>`}`,
)}
${section('files', '附件', files(understood?.files ?? [], record.id, requirementName))}
${
  understood &&
  understood.links.length > 0 &&
  section(
    'links',
    '链接中的文件',
    html`<ul>${understood.links.map(
      ({ provider, name, bytes }) =>
        html`<li>${provider}　${name ?? '未写文件名'}${bytes !== null && `（${size(bytes)}）`}</li>`,
    )}</ul><p class="quiet">机器不去下载链接里的文件。请在邮箱里打开原信下载，再到申报件里“补入文件”。</p>`,
  )
}
</div><aside>
${section(
  'fate',
  '去向',
  html`<p><span class="fate ${record.fate}">${fateWords[record.fate]}</span>${record.needsPerson && html` <b class="warn">等人处理</b>`}</p>${record.reason && html`<p>${sayReason(record)}</p>`}
${record.applications.length > 0 && html`<p>申报件：${record.applications.map((number) => html`<a class="gap" href="/applications/${encodeURIComponent(number)}">${number}</a>`)}</p>`}
${record.needsPerson && record.reasonCode !== null && mayPass(visitor, 'reviewer') && unplaced.length === 0 && html`<p class="quiet">需要答复的，请在邮箱里回信；答复以后按下面的“这不是申报材料”，今日里就不再列出。</p>`}
${ruled === 'application' && record.fate === 'set_aside' && unplaced.length === 0 && html`<p class="quiet">已按“这是申报材料”重新处理过，系统仍没有从中认出材料。其中的文件要用的，请在“附件”里下载，再到申报件的“更正”里“补入文件”。</p>`}
${understood && understood.troubles.length > 0 && html`<ul>${understood.troubles.map((trouble) => html`<li>${trouble}</li>`)}</ul>`}`,
)}
${unplaced.map((share) => placeSection(share, record.id, visitor))}${mayPass(visitor, 'reviewer') && record.fate !== 'before_round' && rulings(record, ruled, visitor)}
</aside></div>`;
}

function files(
  all: readonly UnderstoodFile[],
  message: number,
  nameOf: (code: string | null) => string | undefined,
): Html {
  if (all.length === 0) return html`<p class="quiet">没有附件</p>`;
  return html`<table><thead><tr><th>文件</th><th>大小</th><th>认作</th></tr></thead><tbody>${all.map(
    ({ path: file, sha256, bytes, requirement, nominee, note }) =>
      html`<tr><td><a href="${link('/evidence', { mail: String(message), file, sha: sha256 ?? '' })}">${file}</a></td><td class="n">${size(bytes)}</td><td>${nameOf(requirement) ?? html`<span class="quiet">未认作材料</span>`}${nominee && `（${nominee}）`} <small class="quiet">${note}</small></td></tr>`,
  )}</tbody></table>`;
}

const rulings = ({ id }: MessageRecord, ruled: string | null, visitor: Visitor) => {
  const choices = [
    ['application', '这是申报材料'],
    ['set_aside', '这不是申报材料'],
    ['', '仍由系统判断'],
  ] as const;
  return section(
    'ruling',
    '人工认定',
    html`<p class="quiet">${ruled === null ? '现在由系统判断。' : '现在按人工认定。'}认定以后这封信会重新处理，随时可以改回。</p>
<form method="post" action="/messages/${id}/rule" class="inline">${token(visitor)}${choices
      .filter(([value]) => value !== (ruled ?? ''))
      .map(([value, name]) => html`<button name="ruled" value="${value}">${name}</button> `)}</form>
<form method="post" action="/messages/${id}/rerun" class="inline">${token(visitor)}<button class="plain">从原文重新处理</button></form>`,
  );
};
