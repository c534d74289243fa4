import { lastMoment, sayLetterState } from '../../../reports/history.ts';
import { fateWords, letterWords } from '../../../reports/say.ts';
import { canUndo } from '../../../review/acts.ts';
import { type Html, html } from '../../html.ts';
import { section } from '../../page.ts';
import { moment } from '../../signs.ts';
import { actForm } from './deed-form.ts';
import type { ApplicationFacts } from './facts.ts';

export const lettersSection = ({ letters }: ApplicationFacts): Html =>
  section(
    'letters',
    '往来信件',
    letters.length === 0
      ? html`<p class="quiet">还没有回过信</p>`
      : html`<ul class="plain">${letters.map(
          (letter) =>
            html`<li>${moment(lastMoment(letter))} <a href="/letters/${letter.id}">${letterWords[letter.kind]}</a> <span class="state ${letter.state}">${sayLetterState(letter)}</span> <small class="quiet">${letter.reason}</small></li>`,
        )}</ul>`,
  );

/** The mails it was made of; one that came to the wrong application is moved from here. */
export const mailsSection = (facts: ApplicationFacts, mayAct: boolean): Html =>
  section(
    'mails',
    '来信',
    html`<ul class="plain">${facts.messages.map((mail) => {
      const isOurs = facts.application?.shares.some(({ source }) => source.message === String(mail.id)) ?? false;
      return html`<li>${moment(mail.receivedAt)} <a href="/messages/${mail.id}">${mail.subject || '（无主题）'}</a> <small class="quiet">${mail.fromName || mail.from}　${fateWords[mail.fate]}</small>${
        mayAct &&
        isOurs &&
        html`<details class="acts" id="split-${mail.id}"><summary>不属于这一件</summary>${actForm(facts, 'split', html`<input type="hidden" name="mail" value="${mail.id}"><label>移到编号 <input name="to" maxlength="40" placeholder="如 0012；不填则另立一件"></label> <button>移走</button>`)}</details>`
      }${
        mayAct &&
        !isOurs &&
        actForm(
          facts,
          'place',
          html`<input type="hidden" name="mail" value="${mail.id}"><button>认定属于这一件</button>`,
        )
      }</li>`;
    })}</ul>`,
  );

/** Everything that happened, in order, by whom. */
export const historySection = (facts: ApplicationFacts, mayUndo: boolean): Html =>
  section(
    'history',
    '经过',
    html`<ol class="history">${facts.history
      .toReversed()
      .map(
        (entry) =>
          html`<li${entry.undone && html` class="undone"`}>${moment(entry.at)} <span>${entry.by && html`<b>${entry.by}</b> `}${entry.text}</span>${
            mayUndo &&
            canUndo(entry) &&
            html`<details class="acts" id="undo-${entry.act}"><summary>撤销</summary>${actForm(facts, 'undo', html`<input type="hidden" name="act" value="${entry.act}"><label><span class="unseen">撤销的原因</span><input name="note" placeholder="撤销的原因" required maxlength="300"></label> <button>撤销</button>`)}</details>`
          }</li>`,
      )}</ol>`,
  );
