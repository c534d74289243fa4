import { Failure } from '../../../errors.ts';
import type { Deed, DeedKind, ToRequirement } from '../../../review/acts.ts';
import { sharesOfMail } from '../../../store/desk/mail-shares.ts';
import { understoodOf } from '../../../store/desk/message-rows.ts';
import type { Desk } from '../../desk.ts';
import type { Ask } from '../../route.ts';

type Read = (typed: Typed, desk: Desk) => Deed | Promise<Deed>;
/** What a form says: the application it was sent from, and its fields, trimmed. */
type Typed = { number: string; field: (name: string) => string; wanted: (name: string, what: string) => string };

/** Each act that the page of an application offers, read from its form. */
export const deedReaders: Partial<Record<DeedKind, Read>> = {
  accept_requirement: ({ number, field, wanted }) => ({
    kind: 'accept_requirement',
    number,
    requirement: field('requirement'),
    reason: wanted('reason', '认可的理由'),
  }),
  dismiss_finding: ({ number, field, wanted }) => ({
    kind: 'dismiss_finding',
    number,
    finding: field('finding'),
    reason: wanted('reason', '不算问题的理由'),
  }),
  reassign_material: async ({ number, field, wanted }, desk) => {
    const to = toRequirement(wanted('to', '这个文件是哪一项'));
    const file = await fileRef(desk, field('file'));
    return { kind: 'reassign_material', number, file, to: to ?? 'aside' };
  },
  set_union: ({ number, wanted }) => ({ kind: 'set_union', number, name: wanted('name', '推荐单位') }),
  set_nominee: ({ number, wanted }) => ({ kind: 'set_nominee', number, name: wanted('name', '推荐人选') }),
  split: async ({ number, field }, desk) => ({
    kind: 'split',
    number,
    share: await shareOf(desk, field('mail'), number),
    to: field('to') ? numberOf(field('to'), number) : 'new',
  }),
  place: async ({ number, field }, desk) => ({
    kind: 'place',
    share: await shareOf(desk, field('mail'), null),
    to: number,
  }),
  merge: ({ number, field, wanted }) => ({
    kind: 'merge',
    number,
    into: numberOf(wanted('into', '并入的编号'), number),
    ...(field('same') === '1' && { otherName: field('otherName') }),
  }),
  paper: ({ number, field }) => ({
    kind: 'paper',
    number,
    requirement: field('requirement'),
    copies: Math.min(99, Number.parseInt(field('copies'), 10) || 0),
    sealSeen: field('sealSeen') === '1',
  }),
  note: ({ number, wanted }) => ({ kind: 'note', number, text: wanted('text', '备注') }),
  decide: ({ number, field, wanted }) => {
    const decision = decisionOf(field('decision'));
    if (decision !== 'accept') wanted('note', '理由');
    return { kind: 'decide', number, decision };
  },
  undo: ({ number, field, wanted }) => {
    wanted('note', '撤销的原因');
    return { kind: 'undo', number, act: field('act') };
  },
};

/** @throws Failure (permanent) in Chinese for what the form leaves out */
export function typedIn({ params, form }: Ask): Typed {
  const field = (name: string) => (form[name] ?? '').trim();
  const wanted = (name: string, what: string) => {
    if (field(name) === '') throw new Failure('permanent', `请写明${what}`);
    return field(name);
  };
  return { number: params.number ?? '', field, wanted };
}

/** A number as people type it: `12` or `jzgj-2018-0012` beside JZGJ-2018-0007 is JZGJ-2018-0012. */
export function numberOf(typed: string, beside: string): string {
  const text = typed.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  const [, head = '', tail = ''] = /^(.*?)(\d+)$/.exec(beside) ?? [];
  return /^\d+$/.test(text) ? head + text.padStart(tail.length, '0') : text;
}

function decisionOf(word: string): 'accept' | 'return' | 'decline' {
  if (word === 'accept' || word === 'return' || word === 'decline') return word;
  throw new Failure('permanent', '请按“通过初审”“退回补正”或“不予受理”');
}

/** `photo:photo`, `patent_list:certificates`; null: nothing that was asked for, or for the machine to say. */
export function toRequirement(text: string): ToRequirement | null {
  const [requirement = '', part = ''] = text.split(':');
  if (part === 'form' || part === 'certificates' || part === 'photo') return { requirement, part };
  return null;
}

/** `12:推荐表.docx` names a file by the ledger's row; an act names it by the mail's identity, which outlives a rebuild. */
async function fileRef({ books: { db } }: Desk, text: string): Promise<{ mail: string; path: string }> {
  const at = text.indexOf(':');
  const known = await understoodOf(db, Number(text.slice(0, at)) || 0);
  if (!known) throw new Failure('permanent', '没有这个文件');
  return { mail: known.identity, path: text.slice(at + 1) };
}

/** What this mail brought to the application; null: what it brought that belongs to none yet. */
async function shareOf({ books: { db } }: Desk, mail: string, number: string | null): Promise<string> {
  const shares = await sharesOfMail(db, Number(mail) || 0);
  const share = shares.find((each) => each.number === number);
  if (!share) throw new Failure('permanent', '这封来信里没有属于这一件的材料');
  return share.ref;
}
