import { Failure } from '../../errors.ts';
import { enclosedFile, formsWith } from '../../office/enclosed.ts';
import { letterStateWords, letterWords } from '../../reports/say.ts';
import type { LetterRecord } from '../../store/records.ts';
import { doAct } from '../act.ts';
import type { Desk } from '../desk.ts';
import { type Html, html } from '../html.ts';
import { mayPass, token } from '../page.ts';
import { link } from '../paging.ts';
import type { Ask, Route, Visitor } from '../route.ts';
import { moment } from '../signs.ts';
import { letterOf } from './letters.ts';

const path = '/letters/:id';

/** One letter as the union will see it: read, mended, sent, held back. */
export const letterRoutes: Route[] = [
  {
    method: 'GET',
    path,
    role: 'viewer',
    answer: async (desk, ask) => {
      const letter = found(await letterOf(desk, ask.params.id ?? ''));
      const main = show(letter, await enclosedNames(desk, letter), ask.visitor);
      return { page: { title: letter.subject, place: '/letters', main } };
    },
  },
  {
    method: 'GET',
    path: `${path}/enclosed`,
    role: 'viewer',
    answer: async ({ books }, ask) => {
      const letter = found(await letterOf({ books }, ask.params.id ?? ''));
      const file = waits(letter) ? await enclosedFile(books, letter, ask.query.file ?? '') : null;
      if (!file) throw new Failure('permanent', '这封信没有附这张表，情况可能已经变了。请回到这封信再看');
      const name = encodeURIComponent(file.fileName);
      const headers = { 'content-disposition': `attachment; filename*=UTF-8''${name}` };
      return { bytes: file.bytes, type: file.contentType, headers };
    },
  },
  ...(['edit_letter', 'release_letter', 'hold_letter'] as const).map(
    (kind): Route => ({
      method: 'POST',
      path: `${path}/${kind.replace('_letter', '')}`,
      role: 'reviewer',
      answer: async (desk, ask) => {
        const letter = found(await letterOf(desk, ask.params.id ?? ''));
        const back = `/letters/${letter.id}`;
        const named = { number: letter.number ?? '', letter: letter.messageId };
        if (kind !== 'edit_letter') return doAct(desk, ask, { kind, ...named }, { seen: null, back });
        const { subject, text } = typed(ask);
        const deed = { kind, ...named, subject, text };
        const again = show({ ...letter, subject, text }, await enclosedNames(desk, letter), ask.visitor);
        return doAct(desk, ask, deed, { seen: null, back, again });
      },
    }),
  ),
];

function found(letter: LetterRecord | null): LetterRecord {
  if (letter) return letter;
  throw new Failure('permanent', '没有这封信，可能因为又收到来信、情况变了而重新写过。请到“待发”里看');
}

function typed({ form }: Ask): { subject: string; text: string } {
  const subject = (form.subject ?? '').replace(/\s+/g, ' ').trim();
  const text = (form.text ?? '').replace(/\r\n?/g, '\n').trimEnd();
  if (!subject || !text) throw new Failure('permanent', '主题和正文都要写');
  return { subject, text: `${text}\n` };
}

const waits = ({ state }: LetterRecord) => state === 'due' || state === 'held';

/** Of a letter that has left nothing is told here: its forms were made as things stood then. */
const enclosedNames = async ({ books }: Pick<Desk, 'books'>, letter: LetterRecord): Promise<string[]> =>
  waits(letter) ? (await formsWith(books, letter)).map(({ fileName }) => fileName) : [];

function show(letter: LetterRecord, enclosed: readonly string[], visitor: Visitor): Html {
  const mayAct = mayPass(visitor, 'reviewer') && waits(letter) && letter.kind !== 'digest';
  return html`<div class="head"><h1>${letter.subject}</h1><p id="state" data-fresh><span class="state ${letter.state}">${letterStateWords[letter.state]}</span></p></div>
<div class="columns wide"><article class="letter" id="letter" data-fresh><dl class="facts">
<div><dt>种类</dt><dd>${letterWords[letter.kind]}</dd></div><div><dt>收信人</dt><dd>${letter.to}</dd></div>
<div><dt>${letter.sentAt ? '发出' : '到点'}</dt><dd>${moment(letter.sentAt ?? letter.dueAt)}</dd></div>
${letter.number && html`<div><dt>申报件</dt><dd><a href="/applications/${encodeURIComponent(letter.number)}">${letter.number}</a></dd></div>`}
${enclosed.length > 0 && html`<div><dt>随信附表</dt><dd id="enclosed">${enclosed.map((file) => html`<a href="${link(`/letters/${letter.id}/enclosed`, { file })}" title="下载，与发出的一样">${file}</a><br>`)}</dd></div>`}
${letter.reason && html`<div><dt>说明</dt><dd>${letter.reason}</dd></div>`}</dl>
<pre class="paper">${letter.text}</pre></article>
<aside id="acts" data-fresh>${mayAct ? acts(letter, visitor) : html`<p class="quiet">${waits(letter) ? '您的账号只能查看' : '这封信已经离开待发，不能再改'}</p>`}</aside></div>`;
}

const acts = (letter: LetterRecord, visitor: Visitor) => {
  const action = (what: string) => `/letters/${letter.id}/${what}`;
  return html`${
    letter.state === 'held'
      ? html`<form method="post" action="${action('release')}">${token(visitor)}<button class="primary">发出</button></form>`
      : html`<form method="post" action="${action('hold')}">${token(visitor)}<button>先不发，等人决定</button></form>`
  }
<details class="edit" id="edit"><summary>修改这封信</summary><form method="post" action="${action('edit')}" class="stack" data-keep>${token(visitor)}
<label>主题<input name="subject" value="${letter.subject}" maxlength="200" required></label>
<label>正文<textarea name="text" rows="22" required>${letter.text}</textarea></label>
<p class="quiet">改动只用于这一封。申报件的情况一变，信会重新写，改动作废并记在经过里。</p><button>保存修改</button></form></details>`;
};
