import { type ActResult, performAct } from '../office/act.ts';
import type { Doubt } from '../office/deeds/doubts.ts';
import type { Deed, HistoryEntry } from '../review/acts.ts';
import type { Desk } from './desk.ts';
import { type Html, html } from './html.ts';
import type { Answer, Ask } from './route.ts';
import { moment } from './signs.ts';

/**
 * `seen`: the version of the application that the page showed; null for acts on none. `back`: the page it was done on, and
 * where a refusal leads. `next`: where to go on once it is done, when not there.
 * `confirm`: the page that asks before an act that wants to be confirmed.
 * `tells`: that page shows what was done when its address names the act. `again`: the page with what was typed, shown below the reason when the act is refused; nothing typed is lost.
 */
export type ActPlace = {
  seen: number | null;
  back: string;
  next?: string;
  tells?: boolean;
  again?: Html;
  confirm?: (doubt: Doubt) => Html;
};

/** Who passes an application need not say why; nothing is said in their place, complete or not. */
const withoutReason = '未另写理由';

/** Does what a form asks for, in the visitor's name, and goes on; a refusal is shown with what changed, and leads back. */
export async function doAct(desk: Desk, ask: Ask, deed: Deed, place: ActPlace): Promise<Answer> {
  const note = (ask.form.note ?? '').trim().slice(0, 2_000) || (deed.kind === 'decide' ? withoutReason : '');
  const result = await performAct(desk.books, { ...deed, by: ask.visitor.name, ...(note && { note }) }, place.seen);
  return answerOf(desk, ask, result, place);
}

/** Where an act leads: on, or to what stands against it. */
export function answerOf(
  desk: Desk,
  ask: Ask,
  result: ActResult,
  { back, next, tells, again, confirm }: Omit<ActPlace, 'seen'>,
): Answer {
  if ('done' in result) {
    desk.standing.stale();
    desk.nudge();
    if (next !== undefined) return { redirect: next };
    return { redirect: tells ? `${back}${back.includes('?') ? '&' : '?'}did=${encodeURIComponent(result.id)}` : back };
  }
  if (result.refused === 'unconfirmed' && confirm)
    return { page: { title: '请先确认', main: confirm(result), status: 409 } };
  const why =
    result.refused === 'stale' ? stale(result.changes) : html`<p class="alarm" role="alert">${result.forPerson}</p>`;
  const typed = again ?? kept(ask);
  const main = html`<h1 data-refused>没有办成</h1>${why}${typed}<p><a class="button primary" href="${back}">${result.refused === 'stale' ? '看最新情况' : '返回刚才那一页'}</a></p>`;
  return { page: { title: '没有办成', main, status: 409 } };
}

const stale = (changes: readonly HistoryEntry[]) =>
  html`<div class="alarm" role="alert"><p>您打开这一页以后，这一件有了新的变化，所以没有照办。请看过再决定：</p><ul>${changes.map(
    ({ at, by, text }) => html`<li>${moment(at)}　${by && `${by}　`}${text}</li>`,
  )}</ul></div>`;

/** What was typed, to be copied: the page it was typed on has changed. */
function kept({ form }: Ask): Html {
  const typed = ['note', 'reason', 'text', 'name', 'into', 'to'].flatMap((name) =>
    form[name]?.trim() ? [form[name]] : [],
  );
  return html`${typed.length > 0 && html`<label class="stack">您写的内容<textarea rows="4" readonly>${typed.join('\n')}</textarea></label>`}`;
}
