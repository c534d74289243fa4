import type { Mailbox } from '../mailbox/mailbox.ts';
import type { Balance } from '../reports/facts.ts';
import { countLedger } from '../store/ledger-count.ts';
import { recall, remember } from '../store/office-state.ts';
import type { Books } from './books.ts';
import type { Office } from './office.ts';
import { sweepMailbox } from './sweep-mailbox.ts';

type Counting = Pick<Office, 'db' | 'journal' | 'log' | 'mailbox' | 'clock' | 'alarm'>;

/**
 * Looks wider, then counts what the server holds against the ledger, folder by folder, and keeps the count for the
 * digest. Equal numbers alone prove nothing: where one mail was deleted and an older one moved in below the cursor, they
 * agree. A mail that moves meanwhile is met by a second look; only what is left then is an alarm.
 *
 * @throws Failure while the mailbox cannot be read
 */
export async function takeBalance(office: Counting): Promise<Balance | null> {
  const { mailbox, db, alarm } = office;
  if (!mailbox) return null;
  await sweepMailbox(office);
  const first = await count(mailbox, office);
  if (!first.ok) await sweepMailbox(office);
  const balance = first.ok ? first : await count(mailbox, office);
  await remember(db, 'balance', JSON.stringify(balance));
  const { ok, server, ledger } = balance;
  await alarm('balance', ok ? null : `邮箱里有 ${server} 封，台账里有 ${ledger} 封，请查看收件情况`);
  return balance;
}

async function count(mailbox: Mailbox, { db, clock }: Counting): Promise<Balance> {
  const counted = await mailbox.count();
  const { byFate, places } = await countLedger(db, mailbox.account);
  const folders = counted.map(({ folder, messages }) => ({
    folder,
    server: messages,
    ledger: places.find((place) => place.folder === folder)?.ledger ?? 0,
  }));
  const sum = (of: 'server' | 'ledger') => folders.reduce((total, each) => total + each[of], 0);
  const ok = folders.every(({ server, ledger }) => server === ledger);
  return { at: clock.now(), folders, server: sum('server'), ledger: sum('ledger'), byFate, ok };
}

export async function lastBalance({ db }: Pick<Books, 'db'>): Promise<Balance | null> {
  const kept = await recall(db, 'balance');
  if (kept === null) return null;
  const balance = JSON.parse(kept) as Balance;
  return { ...balance, at: new Date(balance.at) };
}
