import type { Notice } from '../../../notice/notice.ts';
import type { LooseFile } from '../../../reports/loose-files.ts';
import { type Html, html } from '../../html.ts';
import { moment, size } from '../../signs.ts';
import { actForm } from './deed-form.ts';
import { lookLink } from './evidence-ref.ts';
import type { ApplicationFacts } from './facts.ts';
import { noMaterial, requirementOptions } from './requirement-choice.ts';

/**
 * Files that answer nothing yet, with the way to say what they are. Those that staff brought are looked for and stand in
 * sight; of a union's mails these are mostly logos and covering letters, and wait folded.
 */
export function looseBlock(facts: ApplicationFacts, notice: Notice, mayAct: boolean): Html {
  const awaited = facts.loose.filter(({ isAwaited }) => isAwaited);
  const others = facts.loose.filter(({ isAwaited }) => !isAwaited);
  const list = (files: readonly LooseFile[]) =>
    html`<ul class="pieces">${files.map((file) => looseLine(file, facts, notice, mayAct))}</ul>`;
  if (facts.loose.length === 0) return html``;
  return html`<section class="requirement" id="loose"><h3>没有认作材料的文件</h3>${awaited.length > 0 && list(awaited)}${
    others.length > 0 &&
    html`<details id="loose-others"${hasChosen(others, facts) && html` open`}><summary>${awaited.length > 0 && '另有'}${others.length}个文件与所需材料对不上</summary>${list(others)}</details>`
  }</section>`;
}

const isChosen = ({ message, file }: LooseFile, { chosen }: ApplicationFacts) =>
  chosen?.message === message && chosen.file === file;
const hasChosen = (files: readonly LooseFile[], facts: ApplicationFacts) => files.some((each) => isChosen(each, facts));

function looseLine(loose: LooseFile, facts: ApplicationFacts, notice: Notice, mayAct: boolean): Html {
  const { message, file, bytes, receivedAt, note, isBrought, isAwaited } = loose;
  const { record, keep } = facts;
  const picked = isChosen(loose, facts);
  return html`<li${picked && html` class="picked"`}><a href="${lookLink(record.number, keep, loose)}"${picked && html` aria-current="true"`}>${file}</a> ${isAwaited && html`<b class="ask">待认定</b> `}<small class="quiet">${note}　${size(bytes)}　${moment(receivedAt)} ${isBrought ? '补入' : '来信'}</small>${
    mayAct &&
    html`<details class="acts" id="loose-${message}-${facts.loose.indexOf(loose)}"${isAwaited && html` open`}><summary>说明是哪一项</summary>${actForm(facts, 'reassign_material', html`<input type="hidden" name="file" value="${message}:${file}"><label><span class="unseen">${file}应是</span><select name="to" required><option value="">请选择</option>${requirementOptions(notice)}${noMaterial}</select></label> <button>认定</button>`)}</details>`
  }</li>`;
}
