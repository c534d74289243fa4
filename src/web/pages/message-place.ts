import { Failure } from '../../errors.ts';
import type { Deed } from '../../review/acts.ts';
import type { Unplaced } from '../../store/desk/mail-shares.ts';
import { type Html, html } from '../html.ts';
import { mayPass, section, token } from '../page.ts';
import type { Visitor } from '../route.ts';
import { numberOf } from './application/deeds.ts';

/** What a mail brought that may belong to several applications: a person says to which, or that it is a new one. */
export function placeSection({ position, nominee, perhaps }: Unplaced, message: number, visitor: Visitor): Html {
  const choice = (to: string, name: string) => html`<button name="to" value="${to}">${name}</button> `;
  const links = perhaps.map(
    ({ number, who }) => html`<li><a href="/applications/${encodeURIComponent(number)}">${number} ${who}</a></li>`,
  );
  const form = html`<form method="post" action="/messages/${message}/place" class="inline">${token(visitor)}<input type="hidden" name="position" value="${position}">
${perhaps.map(({ number, who }) => choice(number, `归入 ${number} ${who}`))}${choice('new', '另立一件')}</form>
<form method="post" action="/messages/${message}/place" class="inline" data-keep>${token(visitor)}<input type="hidden" name="position" value="${position}"><label>其他编号 <input name="to" required maxlength="40" placeholder="如 0012"></label> <button>归入</button></form>`;
  return section(
    `place-${position}`,
    '属于哪一件',
    html`<p>${nominee ? `材料上写的是${nominee}，` : ''}${perhaps.length > 0 ? '可能属于：' : '没有找到对应的申报件。'}</p>${perhaps.length > 0 && html`<ul>${links}</ul>`}
${mayPass(visitor, 'reviewer') && form}`,
  );
}

/** @throws Failure (permanent) in Chinese when somebody placed it meanwhile */
export function placeDeed(unplaced: readonly Unplaced[], form: Record<string, string>): Deed {
  const share = unplaced.find(({ position }) => String(position) === form.position);
  if (!share) throw new Failure('permanent', '这份材料已经归入申报件，请刷新后再看');
  const to = (form.to ?? '').trim();
  if (to === '') throw new Failure('permanent', '请写明归入的编号');
  return { kind: 'place', share: share.ref, to: to === 'new' ? to : numberOf(to, share.perhaps[0]?.number ?? '') };
}
