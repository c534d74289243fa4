import { sayMoment } from '../../../clock.ts';
import { sayStatus, timelinessWords } from '../../../reports/say.ts';
import { canUndo } from '../../../review/acts.ts';
import type { Desk } from '../../desk.ts';
import { type Html, html } from '../../html.ts';
import { mayPass } from '../../page.ts';
import { link } from '../../paging.ts';
import { decideForm } from './decide.ts';
import { evidencePane } from './evidence.ts';
import type { ApplicationFacts } from './facts.ts';
import { findingList } from './findings.ts';
import { historySection, lettersSection, mailsSection } from './history.ts';
import { looseBlock } from './loose-block.ts';
import { nameForms } from './names.ts';
import { requirementBlock } from './requirement.ts';

/** One application: at the left what was asked and what is there, at the right the evidence itself. */
export async function showApplication(desk: Desk, facts: ApplicationFacts): Promise<Html> {
  const { notice } = desk.books;
  const { record, visitor } = facts;
  const loose = record.findings.filter(({ requirement }) => requirement === null);
  const mayAct = mayPass(visitor, 'reviewer') && !record.isGone;
  return html`${head(facts)}
${facts.done && html`<p class="calm done" role="status">${facts.done} 的处理意见已记下。<a href="/applications/${encodeURIComponent(facts.done)}">回去看看或撤销</a></p>`}
${facts.did && html`<p class="calm done" role="status">已办：${facts.did.text}${mayAct && canUndo(facts.did) && html`　<a href="#history">可在“经过”里撤销</a>`}</p>`}
${record.isGone && gone(record)}
<div class="review"><div class="asked">
<div id="requirements" data-fresh>${notice.requirements.map((requirement, index) => requirementBlock(requirement, index + 1, facts, mayAct))}
${loose.length > 0 && html`<section class="requirement"><h3>其他问题</h3>${findingList(loose, facts, mayAct)}</section>`}
${looseBlock(facts, notice, mayAct)}</div>
${mayAct && decideForm(facts)}
${nameForms(facts, notice, mayAct)}
${lettersSection(facts)}${mailsSection(facts, mayAct)}${historySection(facts, mayAct)}
</div>${await evidencePane(desk, facts)}</div>`;
}

/** What came of it, and where to take it back: nothing is done on a page that holds nothing any more. */
const gone = ({ mergedInto }: ApplicationFacts['record']) =>
  mergedInto === null
    ? html`<p class="alarm">这一件已撤销，里面的来信都移到了别处；这里只留下经过和那以前的核对结果。</p>`
    : html`<p class="alarm">已并入 <a href="/applications/${encodeURIComponent(mergedInto)}">${mergedInto}</a>，这里只留下经过。并错了的，到那一件的“经过”里撤销。</p>`;

function head({ record, neighbours, keep }: ApplicationFacts): Html {
  const { number, nominee, union, unionKnown, status, isGone, timeliness, firstReceivedAt } = record;
  const to = (other: string | null, rel: 'prev' | 'next', text: string) =>
    other === null
      ? html`<span class="quiet">${text}</span>`
      : html`<a rel="${rel}" class="button" href="${link(`/applications/${encodeURIComponent(other)}`, keep)}">${text}</a>`;
  return html`<div class="head who-head" id="head" data-fresh><h1>${nominee ?? '姓名不明'} <small class="quiet">${number}</small></h1>
<span>${union ?? '推荐单位不明'}${union && !unionKnown && html` <b class="warn">不在名册</b>`}</span>
<span class="state ${isGone ? 'gone' : status}">${sayStatus(record)}</span>
<span class="${timeliness === 'on_time' ? 'quiet' : 'warn'}">${timelinessWords[timeliness]}，首次收到 ${sayMoment(firstReceivedAt)}</span>
<nav aria-label="上一件、下一件">${to(neighbours.before, 'prev', '上一件')} ${to(neighbours.after, 'next', '下一件')}</nav></div>`;
}
