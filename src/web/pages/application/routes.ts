import { bringFile } from '../../../office/bring-file.ts';
import type { Doubt } from '../../../office/deeds/doubts.ts';
import type { DeedKind } from '../../../review/acts.ts';
import { listLetters } from '../../../store/letter-list.ts';
import { type ActPlace, answerOf, doAct } from '../../act.ts';
import type { Desk } from '../../desk.ts';
import { backTo } from '../../from.ts';
import type { Ask, Route } from '../../route.ts';
import { confirmMerge } from './confirm-merge.ts';
import { deedReaders, toRequirement, typedIn } from './deeds.ts';
import { factsOf } from './facts.ts';
import { showApplication } from './show.ts';

const path = '/applications/:number';

/** One application: looked at, and acted upon. */
export const applicationRoutes: Route[] = [
  {
    method: 'GET',
    path,
    role: 'viewer',
    answer: async (desk, ask) => {
      const facts = await factsOf(desk, ask);
      const { nominee, number } = facts.record;
      const main = await showApplication(desk, facts);
      return { page: { title: `${nominee ?? '姓名不明'} ${number}`, place: '/applications', main } };
    },
  },
  {
    method: 'POST',
    path: `${path}/bring`,
    role: 'reviewer',
    answer: async (desk, ask) => {
      const { number, field } = typedIn(ask);
      const place = placeOf(ask);
      const brought = { number, files: ask.files, by: ask.visitor.name, to: toRequirement(field('to')) };
      const result = await bringFile(desk.books, brought, place.seen);
      return answerOf(desk, ask, result, place);
    },
  },
  ...Object.entries(deedReaders).map(
    ([kind, read]): Route => ({
      method: 'POST',
      path: `${path}/${kind}`,
      role: 'reviewer',
      answer: async (desk, ask) => {
        const deed = await read(typedIn(ask), desk);
        const place = placeOf(ask);
        const next = await nextAfter(desk, kind as DeedKind, ask);
        const confirm = (doubt: Doubt) => confirmMerge(doubt, place, ask.visitor);
        return doAct(desk, ask, deed, { ...place, confirm, ...(next !== null && { next }) });
      },
    }),
  ),
];

/** Back to what was looked at: the browser says from where the form was sent, the page between itself where it was. */
function placeOf(ask: Ask): ActPlace {
  const back = backTo(ask.form.from ?? ask.from, `/applications/${encodeURIComponent(ask.params.number ?? '')}`);
  const seen = /^\d{1,9}$/.test(ask.form.seen ?? '') ? Number(ask.form.seen) : null;
  return { seen, back, tells: true };
}

/**
 * Who sends something back sees the letter that would tell the union, to mend, send or hold it; after another decision
 * the round goes on with the next one of the table. Null: no further than the page it was done on.
 */
async function nextAfter({ books: { db } }: Desk, kind: DeedKind, { form, params }: Ask): Promise<string | null> {
  if (kind !== 'decide') return null;
  const next = form.next ?? '';
  if (form.decision !== 'return' && next.startsWith('/applications/'))
    return `${next}${next.includes('?') ? '&' : '?'}done=${encodeURIComponent(params.number ?? '')}`;
  const letters = await listLetters(db, { number: params.number ?? '' });
  const waiting = letters.find(
    ({ state, kind: of }) => (state === 'due' || state === 'held') && of === 'correction_request',
  );
  return waiting ? `/letters/${waiting.id}` : null;
}
