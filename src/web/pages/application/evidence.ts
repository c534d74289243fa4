import type { Form } from '../../../forms/form.ts';
import { evidenceFile } from '../../../office/attachment.ts';
import type { Preview } from '../../../previews/preview.ts';
import { understoodOf } from '../../../store/desk/message-rows.ts';
import type { Desk } from '../../desk.ts';
import { type Html, html } from '../../html.ts';
import { link } from '../../paging.ts';
import { mayShowNumbers, personalMarkup, personalText, revealLink } from '../../personal.ts';
import { type Chosen, lookLink } from './evidence-ref.ts';
import type { ApplicationFacts } from './facts.ts';

/** The evidence itself beside what was asked: the form with the very cell marked, the picture, the page, the mail's words. */
export async function evidencePane(desk: Desk, facts: ApplicationFacts): Promise<Html> {
  const { chosen } = facts;
  if (!chosen)
    return html`<aside id="evidence" class="evidence" aria-label="材料"><p class="quiet">没有可以查看的文件。${nothingToSee(facts)}</p>${await words(desk, facts, true)}</aside>`;
  const piece = facts.pieces.find(({ message, file }) => message === chosen.message && file === chosen.file);
  const form = piece?.material?.form ?? null;
  const { visitor, record } = facts;
  const what = `${record.number} ${chosen.file}`;
  const isFull = await mayShowNumbers(desk, { visitor, isWanted: chosen.isFull, what, number: record.number });
  return html`<aside id="evidence" class="evidence" aria-label="材料" tabindex="-1"><div class="head"><h2>${chosen.file}</h2>
<a class="up" href="#requirements">回到清单</a> <a href="${link('/evidence/file', { mail: String(chosen.message), file: chosen.file })}" class="button">下载</a></div>
${await previewOf(desk, { ...chosen, isFull }, facts)}
${form && fieldsOf(form, facts, chosen)}${await words(desk, facts)}</aside>`;
}

/** What lies behind a link is fetched by a person and brought in here. */
const nothingToSee = ({ pieces }: ApplicationFacts) =>
  pieces.some(({ open }) => open === 'behind_link') &&
  '文件在来信的链接里：请在邮箱里打开原信下载，再到左边“更正”里“补入文件”。';

async function previewOf(desk: Desk, chosen: Chosen, facts: ApplicationFacts): Promise<Html> {
  const all = [...facts.pieces, ...facts.loose];
  const piece = all.find(({ message, file }) => message === chosen.message && file === chosen.file);
  return showFile(desk, { ...chosen, sha256: piece?.sha256 ?? null }, (more) =>
    lookLink(facts.record.number, facts.keep, chosen, { ...(chosen.place ? { at: chosen.place } : {}), ...more }),
  );
}

export type Looked = Chosen & { sha256: string | null };
type LinkTo = (more: Partial<Record<'page_no' | 'rotate' | 'full', string>>) => string;

/** A file as the page shows it. @param linkTo the same page with another page of the file, or turned */
export async function showFile({ books, previews }: Desk, looked: Looked, linkTo: LinkTo): Promise<Html> {
  const file = await evidenceFile(books, { id: looked.message }, looked.file, looked.sha256);
  if (!file) return html`<p class="quiet">这封邮件没有原文，看不到文件。</p>`;
  const picture = (more: Record<string, string>) =>
    link('/evidence/picture', { mail: String(looked.message), file: looked.file, sha: looked.sha256 ?? '', ...more });
  const preview = await previews.page(file, {
    places: looked.place ? [looked.place] : [],
    pictureUrl: (index) => picture({ index: String(index) }),
  });
  return shown(preview, looked, picture, linkTo);
}

function shown(
  preview: Preview,
  looked: Looked,
  picture: (more: Record<string, string>) => string,
  linkTo: LinkTo,
): Html {
  if (preview.kind === 'none') return html`<p class="alarm">${preview.reason}</p>`;
  if (preview.kind === 'html')
    return html`${lost(preview, looked)}${revealLink(preview.html, linkTo({ full: '1' }), looked.isFull)}<div class="preview" data-preview>${personalMarkup(preview.html, looked.isFull)}</div>`;
  const turned = String((looked.rotate + 90) % 360);
  const turn = html`<a class="button" href="${linkTo({ page_no: String(looked.page), rotate: turned })}" data-turn>向右转</a>`;
  const zoom = html`<button type="button" data-zoom="1.25">放大</button> <button type="button" data-zoom="0.8">缩小</button>`;
  const image = (more: Record<string, string>, name: string) =>
    html`<div class="looking" data-looking><img src="${picture({ ...more, ...(looked.rotate ? { rotate: String(looked.rotate) } : {}) })}" alt="${name}"></div>`;
  if (preview.kind === 'picture')
    return html`<p class="tools">${turn} ${zoom} <small class="quiet">${preview.width}×${preview.height}</small></p>${image({}, looked.file)}`;
  const page = Math.min(looked.page, preview.pages);
  const to = (other: number, text: string) =>
    other >= 1 && other <= preview.pages
      ? html`<a class="button" href="${linkTo({ page_no: String(other) })}">${text}</a> `
      : null;
  return html`<p class="tools">${to(page - 1, '上一页')}${to(page + 1, '下一页')}${turn} ${zoom} <small class="quiet">第${page}/${preview.pages}页</small></p>
${image({ page: String(page) }, `${looked.file} 第${page}页`)}${
  preview.html &&
  html`${revealLink(preview.html, linkTo({ page_no: String(page), full: '1' }), looked.isFull)}<details id="pdf-text"${looked.isFull && html` open`}><summary>其中的文字</summary><div class="preview">${personalMarkup(preview.html, looked.isFull)}</div></details>`
}`;
}

/** A place that the preview does not have is said, so that nobody searches for a mark. */
function lost({ marks, cut }: Extract<Preview, { kind: 'html' }>, { place }: Looked): Html {
  const isLost = place !== null && !marks.some((mark) => mark.place === place && mark.id !== null);
  return html`${isLost && html`<p class="quiet">位置：${place}（在下面的文件里没有单独标出）</p>`}${cut && html`<p class="quiet">文件很大，这里只显示一部分；需要全部请下载。</p>`}`;
}

/** What the machine read, each value with its place. Numbers of persons stay masked here; the form itself shows them. */
function fieldsOf(form: Form, { record, keep }: ApplicationFacts, chosen: Chosen): Html {
  const at = (location: string, text: string) =>
    html`<a href="${lookLink(record.number, keep, chosen, { at: location })}">${text}</a>`;
  const rows = form.tables.flatMap(({ rows: all }) => all);
  return html`<details id="fields"><summary>系统读出的内容（${form.fields.length}项${rows.length > 0 && `，${rows.length}行`}）</summary>
<table class="fields"><tbody>${form.fields.map(
    ({ label, text, blank, location }) =>
      html`<tr><th scope="row">${label}</th><td>${blank ? html`<i class="quiet">空</i>` : personalText(text, false)}</td><td>${at(location, location)}</td></tr>`,
  )}${rows.map(
    ({ ordinal, location, cells }) =>
      html`<tr><th scope="row">第${ordinal}行</th><td>${Object.values(cells)
        .map(({ text }) => personalText(text, false))
        .filter(Boolean)
        .join('　')}</td><td>${at(location, location)}</td></tr>`,
  )}${form.unknown.map(({ label, value, location }) => html`<tr><th scope="row">${label}（不认识的栏目）</th><td>${personalText(value, false)}</td><td>${at(location, location)}</td></tr>`)}</tbody></table></details>`;
}

/** The words of the newest mail. */
async function words({ books: { db } }: Desk, { messages }: ApplicationFacts, isOpen = false): Promise<Html> {
  const newest = messages.at(-1);
  const text = newest && (await understoodOf(db, newest.id))?.understood?.text.trim();
  return html`${newest && text && html`<details id="words"${isOpen && html` open`}><summary>来信正文（${newest.fromName || newest.from}）</summary><pre class="paper">${personalText(text, false)}</pre></details>`}`;
}
