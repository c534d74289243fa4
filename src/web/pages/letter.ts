import { Failure } from '../../errors.ts';
import { letterStateWords, letterWords } from '../../reports/say.ts';
import type { LetterRecord } from '../../store/records.ts';
import { doAct } from '../act.ts';
import { type Html, html } from '../html.ts';
import { mayPass, token } from '../page.ts';
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
      return { page: { title: letter.subject, place: '/letters', main: show(letter, ask.visitor) } };
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
        return doAct(desk, ask, deed, { seen: null, back, again: show({ ...letter, subject, text }, ask.visitor) });
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

function show(letter: LetterRecord, visitor: Visitor): Html {
  const mayAct = mayPass(visitor, 'reviewer') && waits(letter) && letter.kind !== 'digest';
  return html`<div class="head"><h1>${letter.subject}</h1><p id="state" data-fresh><span class="state ${letter.state}">${letterStateWords[letter.state]}</span></p></div>
<div class="columns wide"><article class="letter" id="letter" data-fresh><dl class="facts">
<div><dt>种类</dt><dd>${letterWords[letter.kind]}</dd></div><div><dt>收信人</dt><dd>${letter.to}</dd></div>
<div><dt>${letter.sentAt ? '发出' : '到点'}</dt><dd>${moment(letter.sentAt ?? letter.dueAt)}</dd></div>
${letter.number && html`<div><dt>申报件</dt><dd><a href="/applications/${encodeURIComponent(letter.number)}">${letter.number}</a></dd></div>`}
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
