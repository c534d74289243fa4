import type { Deed, ToRequirement } from '../review/acts.ts';
import { deskAccount, keepMailsIn, nextUid } from '../store/arrivals.ts';
import type { Db } from '../store/database.ts';
import { newestLetter } from '../store/letters-by-hand.ts';
import { type ActResult, perform } from './act.ts';
import { type Books, ownAddresses } from './books.ts';
import { type BroughtFile, broughtMail, namedOnce } from './brought-mail.ts';

/** What staff bring in for an application. `to`: what the files are, where the person says so; else it is read as usual. */
export type Bringing = {
  number: string;
  files: readonly BroughtFile[];
  by: string;
  to?: ToRequirement | null;
  note?: string;
};

/**
 * Keeps files that staff bring, as a mail: raw file, journal, ledger. It is then taken in like any other, but belongs to
 * this application for sure, and nobody is answered at its sender. The letter of the new state goes to the union as usual.
 *
 * @param seen the application's version that was looked at
 * @throws Failure (usage) for files that cannot be taken; else as performAct
 */
export async function bringFile(
  books: Books,
  { number, files, by, to = null, note }: Bringing,
  seen: number | null,
): Promise<ActResult> {
  const named = namedOnce(files);
  const deed: Extract<Deed, { kind: 'bring' }> = {
    kind: 'bring',
    number,
    mail: '',
    files: named.map(({ name }) => name),
    to,
  };
  return perform(books, { deed, by, note: note?.trim() || null }, seen, async (tx, id) => {
    return { ...deed, mail: await keep(tx, books, named, { id, number, by }) };
  });
}

/** @returns the mail's identity */
async function keep(
  tx: Db,
  books: Books,
  files: readonly BroughtFile[],
  { id, number, by }: { id: string; number: string; by: string },
): Promise<string> {
  const at = books.clock.now();
  const [from = ''] = ownAddresses(books);
  const messageId = `<brought.${id.replace('/', '.')}@${from.slice(from.lastIndexOf('@') + 1)}>`;
  const inReplyTo = await newestLetter(tx, number); // a letter that waits must wait for these files, too
  const raw = await books.rawStore.keep(broughtMail(files, { from, by, number, at, messageId, inReplyTo }));
  const place = { account: deskAccount, folder: '工作人员补入', uidValidity: '1', uid: await nextUid(tx, deskAccount) };
  const arrival = { place, receivedAt: at, receivedFrom: 'brought' as const, raw };
  const keptAt = await books.journal.write({ event: 'kept', ...arrival, receivedAt: at.toISOString() });
  await keepMailsIn(tx, [arrival], keptAt);
  return raw.identity;
}
