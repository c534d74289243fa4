import type { DismissedFinding, Finding } from '../../../application/application.ts';
import { severityWords } from '../../../reports/say.ts';
import { type Html, html } from '../../html.ts';
import { actForm, reasonField } from './deed-form.ts';
import { lookLink, pieceNamed } from './evidence-ref.ts';
import type { ApplicationFacts } from './facts.ts';

/** What was found, gravest first, each with the way to the very place and the clause it rests on. */
export function findingList(findings: readonly Finding[], facts: ApplicationFacts, mayAct: boolean): Html {
  if (findings.length === 0) return html``;
  const gravity = ['blocking', 'advisory', 'note'];
  const sorted = findings.toSorted((a, b) => gravity.indexOf(a.severity) - gravity.indexOf(b.severity));
  return html`<ul class="findings">${sorted.map((finding) => findingLine(finding, facts, mayAct))}</ul>`;
}

function findingLine(finding: Finding, facts: ApplicationFacts, mayAct: boolean): Html {
  const { severity, forStaff, clause, key } = finding;
  return html`<li class="${severity}"><span class="grave">${severityWords[severity]}</span> ${forStaff} ${placeLink(finding, facts)} <small class="quiet">${clause}</small>${
    mayAct &&
    key &&
    html`<details class="acts" id="dismiss-${key}"><summary>不算问题</summary>${actForm(facts, 'dismiss_finding', html`<input type="hidden" name="finding" value="${key}">${reasonField('理由，如：原件无误')}<button>不算问题</button>`)}</details>`
  }</li>`;
}

/** `看 表2 第3行第4列` */
function placeLink({ evidence: { file, location } }: Finding, { pieces, record, keep }: ApplicationFacts): Html {
  const piece = pieceNamed(pieces, file);
  if (!piece || piece.sha256 === null)
    return html`${file && html`<small class="quiet">${file}${location && ` ${location}`}</small>`}`;
  return html`<a class="place" href="${lookLink(record.number, keep, piece, location ? { at: location } : {})}">看${location ? ` ${location}` : '文件'}</a>`;
}

/** What a person does not hold against the application stays to be seen, and may be held again. */
export function dismissedList(dismissed: readonly DismissedFinding[], facts: ApplicationFacts, mayAct: boolean): Html {
  if (dismissed.length === 0) return html``;
  return html`<ul class="findings dismissed">${dismissed.map(
    ({ forStaff, dismissedBy: { by, reason, act } }) =>
      html`<li><s>${forStaff}</s> <small>${by}：不算问题，${reason}</small>${
        mayAct &&
        !isAccepted(act, facts) &&
        actForm(
          facts,
          'undo',
          html`<input type="hidden" name="act" value="${act}"><input type="hidden" name="note" value="重新算作问题"><button class="plain">撤销</button>`,
        )
      }</li>`,
  )}</ul>`;
}

/** Dismissed along with its requirement: taken back there, where it was said. */
const isAccepted = (act: string, { record }: ApplicationFacts) =>
  Object.values(record.requirements).some(({ acceptedBy }) => acceptedBy?.act === act);
