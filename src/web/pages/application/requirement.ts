import type { RequirementStatus } from '../../../application/application.ts';
import { certificatesOf } from '../../../notice/notice.ts';
import type { Requirement } from '../../../notice/schema.ts';
import { openWords, stateWords } from '../../../reports/say.ts';
import { type Html, html } from '../../html.ts';
import { moment, sign, size } from '../../signs.ts';
import { actForm, reasonField } from './deed-form.ts';
import { lookLink, type Piece } from './evidence-ref.ts';
import type { ApplicationFacts } from './facts.ts';
import { dismissedList, findingList } from './findings.ts';

/** One of the six: how it stands, its files in all versions, what was found, and what a person may do about it. */
export function requirementBlock(
  requirement: Requirement,
  ordinal: number,
  facts: ApplicationFacts,
  mayAct: boolean,
): Html {
  const { record, pieces } = facts;
  const { code, name } = requirement;
  const status = record.requirements[code];
  const state = status?.state ?? 'missing';
  const findings = record.findings.filter((finding) => finding.requirement === code);
  const dismissed = record.dismissed.filter((finding) => finding.requirement === code);
  const own = pieces.filter(({ requirements }) => requirements.includes(code));
  return html`<section class="requirement" id="requirement-${ordinal}" data-number="${ordinal}" aria-labelledby="requirement-${ordinal}-name">
<div class="head">${sign(name, status)}<h3 id="requirement-${ordinal}-name" tabindex="-1">${ordinal}. ${name}</h3><span class="quiet">${stateWords[state]}${counts(status)}</span></div>
${own.length > 0 && html`<ul class="pieces">${own.map((piece) => pieceLine(piece, facts))}</ul>`}
${said(status, facts, mayAct)}
${findingList(findings, facts, mayAct)}${dismissedList(dismissed, facts, mayAct)}
${mayAct && acts(requirement, status, facts)}</section>`;
}

const counts = (status: RequirementStatus | undefined) =>
  [status?.rows ? `，${status.rows}项` : '', status?.certificates ? `，证书${status.certificates}份` : ''].join('');

function pieceLine(piece: Piece, { record, keep, chosen }: ApplicationFacts): Html {
  const isChosen = chosen?.message === piece.message && chosen.file === piece.file;
  const why = piece.open && openWords[piece.open];
  return html`<li${isChosen && html` class="picked"`}>${
    piece.sha256 === null
      ? html`<span>${piece.file}</span>`
      : html`<a href="${lookLink(record.number, keep, piece)}"${isChosen && html` aria-current="true"`}>${piece.file}</a>`
  } ${why && html`<b class="ask">${why}</b> `}<small class="quiet">${piece.bytes !== null && `${size(piece.bytes)}　`}${moment(piece.receivedAt)} 来信</small></li>`;
}

/** What a person has said of it already, and the way to take it back. */
function said(status: RequirementStatus | undefined, facts: ApplicationFacts, mayAct: boolean): Html {
  const { acceptedBy, paper } = status ?? {};
  return html`${
    acceptedBy &&
    html`<p class="calm">${acceptedBy.by}认可：${acceptedBy.reason} ${mayAct && actForm(facts, 'undo', html`<input type="hidden" name="act" value="${acceptedBy.act}"><input type="hidden" name="note" value="撤销认可"><button class="plain">撤销</button>`)}</p>`
  }${paper && html`<p class="calm">纸质件${paper.copies}份，${paper.sealSeen ? '已见公章' : '未见公章'}（${paper.by}）</p>`}`;
}

/** Paper is counted as it comes: the notice asks for three copies of the first form and one of the others. */
function acts(requirement: Requirement, status: RequirementStatus | undefined, facts: ApplicationFacts): Html {
  const { code } = requirement;
  const isMet = status?.state === 'present' && status.acceptedBy !== undefined;
  const named = html`<input type="hidden" name="requirement" value="${code}">`;
  const isPaper = certificatesOf(requirement) !== null || status?.state !== 'missing';
  return html`<details class="acts" id="acts-${code}"><summary>处理这一项</summary>
${!isMet && actForm(facts, 'accept_requirement', html`${named}${reasonField('认可的理由，如：已电话核实')}<button>认可这一项</button>`)}
${isPaper && actForm(facts, 'paper', html`${named}<label>纸质件 <input type="number" name="copies" min="0" max="99" value="1" class="short"> 份</label> <label><input type="checkbox" name="sealSeen" value="1"> 已见公章</label> <button>记下收到纸质件</button>`)}
</details>`;
}
