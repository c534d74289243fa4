import type { Doubt } from '../../../office/deeds/doubts.ts';
import type { Named } from '../../../store/application-numbers.ts';
import type { ActPlace } from '../../act.ts';
import { type Html, html } from '../../html.ts';
import { token } from '../../page.ts';
import type { Visitor } from '../../route.ts';

/** Both names and unions side by side, and the tick without which two people do not become one. */
export function confirmMerge({ one, other }: Doubt, { seen, back }: ActPlace, visitor: Visitor): Html {
  const line = (what: string, { number, nominee, union }: Named) =>
    html`<tr><th scope="row">${what}</th><td><a href="/applications/${encodeURIComponent(number)}">${number}</a></td><td><b>${nominee ?? '姓名不明'}</b></td><td>${union ?? '推荐单位不明'}</td></tr>`;
  const same = `${one.nominee ?? '姓名不明的这一件'}和${other.nominee ?? '姓名不明的那一件'}是同一个人`;
  return html`<div class="confirm"><h1 data-refused>请先确认：是同一个人吗？</h1>
<p class="alarm" role="alert">${one.nominee && other.nominee ? '两件的姓名不一样' : '两件里有姓名不明的'}，所以还没有并入。编号填错了的，请返回改正。</p>
<div class="scroll"><table><thead><tr><td></td><th scope="col">编号</th><th scope="col">推荐人选</th><th scope="col">推荐单位</th></tr></thead><tbody>${line('把这一件', one)}${line('并入这一件', other)}</tbody></table></div>
<p class="quiet">并入以后，${one.number} 的全部材料归 ${other.number}，${one.number} 只留下经过。并错了的，可以在 ${other.number} 的“经过”里撤销。</p>
<form method="post" action="/applications/${encodeURIComponent(one.number)}/merge" class="inline">${token(visitor)}<input type="hidden" name="seen" value="${seen}"><input type="hidden" name="into" value="${other.number}"><input type="hidden" name="otherName" value="${other.nominee}"><input type="hidden" name="from" value="${back}">
<label><input type="checkbox" name="same" value="1" required> ${same}</label> <button>确认并入</button></form>
<p><a class="button primary" href="${back}">不是同一个人，返回</a></p></div>`;
}
