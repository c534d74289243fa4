import type { Role } from '../store/desk/staff.ts';
import { type Html, html, type Insertable } from './html.ts';
import type { Page, Visitor } from './route.ts';

export const roleWords: Record<Role, string> = { viewer: '查看', reviewer: '审核', admin: '管理员' };

/** The menu, in the order of a morning; `count` names what its badge counts. */
const menu: { place: string; name: string; role: Role }[] = [
  { place: '/', name: '今日', role: 'viewer' },
  { place: '/applications', name: '申报件', role: 'viewer' },
  { place: '/messages', name: '邮件', role: 'viewer' },
  { place: '/letters', name: '待发', role: 'viewer' },
  { place: '/jobs', name: '任务', role: 'admin' },
  { place: '/settings', name: '设置', role: 'admin' },
];

export type Frame = {
  visitor: Visitor | null;
  office: string;
  rehearsal: boolean;
  /** Letters waiting for a person, failed work: what the menu's badges show. */
  badges: Record<string, number>;
  lettersStopped: boolean;
};

const ranks: Role[] = ['viewer', 'reviewer', 'admin'];
export const mayPass = (visitor: Visitor, role: Role) => ranks.indexOf(visitor.role) >= ranks.indexOf(role);

/** A whole document: the frame that every page shares, with the page in it. */
export function documentOf({ title, main, place }: Page, frame: Frame): string {
  const { visitor, office, rehearsal } = frame;
  const marked = `${rehearsal ? '【演练】' : ''}${title}`;
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="same-origin">
<title>${marked} · 受理</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/desk.css">
<link rel="stylesheet" href="/assets/preview.css">
<script src="/assets/desk.js" defer></script>
</head>
<body data-live="${visitor ? '/live' : ''}">
<a class="skip" href="#main">跳到正文</a>
${rehearsal && html`<div class="rehearsal" role="note">演练：人物、单位和来信均为虚构，信只写成文件，没有发出</div>`}
${visitor && header(visitor, office, place, frame)}
<main id="main" tabindex="-1">
${visitor && html`<div id="stopped" data-fresh>${frame.lettersStopped && stopped()}</div>`}
${main}
</main>
${visitor && keysHelp()}
<div id="said" role="status" aria-live="polite"></div>
</body>
</html>
`.markup;
}

function header(visitor: Visitor, office: string, place: string | undefined, { badges }: Frame): Html {
  const entries = menu
    .filter(({ role }) => mayPass(visitor, role))
    .map((entry) => {
      const isHere = entry.place === place;
      const count = badges[entry.place] ?? 0;
      return html`<li><a href="${entry.place}"${isHere && html` aria-current="page"`}>${entry.name}${
        count > 0 && html` <span class="badge" aria-label="${count}项等人处理">${count}</span>`
      }</a></li>`;
    });
  return html`<header class="top">
<a class="brand" href="/"><span class="seal" aria-hidden="true">受理</span><span class="office">${office}</span></a>
<nav aria-label="主菜单"><ul>${entries}</ul></nav>
<form method="post" action="/logout" class="me"><input type="hidden" name="csrf" value="${visitor.csrf}">
<span>${visitor.name}<small>（${roleWords[visitor.role]}）</small></span> <a href="/password">改密码</a> <button class="plain">退出</button></form>
</header>`;
}

const stopped = () =>
  html`<p class="alarm" role="alert">发信已停止：没有信会发出，直到有人恢复。<a href="/letters">去“待发”查看</a></p>`;

const keys: [string, string][] = [
  ['↓ / j', '下一行'],
  ['↑ / k', '上一行'],
  ['回车', '打开'],
  ['/', '搜索'],
  ['n', '下一件'],
  ['p', '上一件'],
  ['1–6', '看第几项材料'],
  ['d', '写处理意见'],
  ['?', '本说明'],
];

const keysHelp = () => html`<dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">键盘</h2>
<dl>${keys.map(([key, does]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`)}</dl>
<form method="dialog"><button>知道了</button></form></dialog>`;

/** The token that lets a form through; the first thing in every form that changes something. */
export const token = ({ csrf }: Visitor) => html`<input type="hidden" name="csrf" value="${csrf}">`;

/** A section with its heading; `id` names the part that is fetched anew when something changed. */
export const section = (id: string, heading: Insertable, inside: Insertable, more: Insertable = null) =>
  html`<section id="${id}" data-fresh aria-labelledby="${id}-title"><div class="head"><h2 id="${id}-title">${heading}</h2>${more}</div>${inside}</section>`;
