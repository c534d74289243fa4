import type { Notice } from '../../../notice/notice.ts';
import { type Html, html } from '../../html.ts';
import { section, token } from '../../page.ts';
import { actForm } from './deed-form.ts';
import type { ApplicationFacts } from './facts.ts';
import { noMaterial, requirementOptions } from './requirement-choice.ts';

/** Whose application it is, set right by a person; files sorted, brought in, moved to another application. */
export function nameForms(facts: ApplicationFacts, notice: Notice, mayAct: boolean): Html {
  const { record, pieces, loose, visitor } = facts;
  if (!mayAct) return html``;
  const options = requirementOptions(notice);
  return section(
    'mend',
    '更正',
    html`<details class="acts" id="mend-names"><summary>姓名、推荐单位不对</summary>
${actForm(facts, 'set_nominee', html`<label>推荐人选 <input name="name" value="${record.nominee}" required maxlength="30"></label> <button>改姓名</button>`)}
${actForm(facts, 'set_union', html`<label>推荐单位 <input name="name" value="${record.union}" list="unions" required maxlength="60"></label> <button>改单位</button>`)}
<datalist id="unions">${notice.roster.map(({ name }) => html`<option value="${name}"></option>`)}</datalist></details>
<details class="acts" id="mend-files"><summary>文件认错了</summary>
${actForm(
  facts,
  'reassign_material',
  html`<label>文件 <select name="file">${[...pieces, ...loose]
    .filter(({ sha256 }) => sha256 !== null)
    .map(({ message, file }) => html`<option value="${message}:${file}">${file}</option>`)}</select></label>
<label>应是 <select name="to">${options}${noMaterial}</select></label> <button>改</button>`,
)}</details>
<details class="acts" id="mend-bring"><summary>补入文件（链接里下载的、柜台扫描的）</summary>
<form method="post" action="/applications/${encodeURIComponent(record.number)}/bring" enctype="multipart/form-data" class="inline">${token(visitor)}<input type="hidden" name="seen" value="${record.version}">
<label>文件 <input type="file" name="files" multiple required></label> <label>是 <select name="to"><option value="">由系统判断</option>${options}</select></label> <button>补入</button></form></details>
<details class="acts" id="mend-merge"><summary>和另一件是同一个人</summary>
${actForm(facts, 'merge', html`<label>并入编号 <input name="into" required maxlength="40" placeholder="另一件的编号，如 0012"></label> <button>把这一件并过去</button>`)}</details>`,
  );
}
