import { letterStateWords, letterWords } from '../../../reports/say.ts';
import { type Html, html } from '../../html.ts';
import { link } from '../../paging.ts';
import { actForm } from './deed-form.ts';
import type { ApplicationFacts } from './facts.ts';

/** The person's answer. Its letter is shown beside it: what waits is sent, mended or held from there. */
export function decideForm(facts: ApplicationFacts): Html {
  const { record, letters, history, neighbours, keep } = facts;
  const next = neighbours.after === null ? '' : link(`/applications/${encodeURIComponent(neighbours.after)}`, keep);
  const decided = history.findLast(({ deed, undone }) => deed === 'decide' && !undone);
  const waiting = letters.find(({ state }) => state === 'due' || state === 'held');
  const choice = (decision: string, name: string, isPrimary: boolean) =>
    html`<button name="decision" value="${decision}"${isPrimary && html` class="primary"`}${decision !== 'accept' && html` data-needs="note"`}>${name}</button> `;
  return html`<section id="decide" class="decide" aria-labelledby="decide-title"><h2 id="decide-title" class="unseen">处理意见</h2>
${actForm(
  facts,
  'decide',
  html`<label class="wide"><span class="unseen">理由、说明（会记入经过）</span><textarea name="note" rows="1" maxlength="2000" data-decide placeholder="理由、说明（通过时可不写）"></textarea></label><input type="hidden" name="next" value="${next}">
${choice('accept', '通过初审', record.complete)}${choice('return', '退回补正', false)}${choice('decline', '不予受理', false)}`,
)}
${decided && actForm(facts, 'undo', html`<input type="hidden" name="act" value="${decided.act}"><span>${decided.by}：${decided.text}</span> <label><span class="unseen">撤销的原因</span><input name="note" placeholder="撤销的原因" required maxlength="300"></label> <button>撤销处理意见</button>`)}
${waiting ? html`<p id="waiting" data-fresh>等着发的信：<a href="/letters/${waiting.id}">${letterWords[waiting.kind]}</a>（${letterStateWords[waiting.state]}）${waiting.reason && `：${waiting.reason}`}</p>` : html`<p class="quiet" id="waiting" data-fresh>没有等着发的信；处理意见本身不会自动发信</p>`}
<details class="acts" id="note"><summary>只记一条备注</summary>${actForm(facts, 'note', html`<label class="wide"><span class="unseen">备注</span><textarea name="text" rows="2" required maxlength="2000"></textarea></label><button>记下备注</button>`)}</details></section>`;
}
