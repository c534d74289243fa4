import type { Balance } from '../reports/facts.ts';
import { countLedger } from '../store/lists.ts';
import { recall, remember } from '../store/office-state.ts';
import type { Books } from './books.ts';
import type { Office } from './office.ts';

/** Counts what the server holds against the ledger, folder by folder, and keeps the count for the digest. */
export async function takeBalance(office: Pick<Office, 'db' | 'mailbox' | 'clock' | 'alarm'>): Promise<Balance | null> {
  const { mailbox, db, clock } = office;
  if (!mailbox) return null;
  const counted = await mailbox.count();
  const { byFate, places } = await countLedger(db);
  const folders = counted.map(({ folder, messages }) => ({
    folder,
    server: messages,
    ledger: places.find((place) => place.account === mailbox.account && place.folder === folder)?.ledger ?? 0,
  }));
  const sum = (of: 'server' | 'ledger') => folders.reduce((total, each) => total + each[of], 0);
  const ok = folders.every(({ server, ledger }) => server === ledger);
  const balance = { at: clock.now(), folders, server: sum('server'), ledger: sum('ledger'), byFate, ok };
  await remember(db, 'balance', JSON.stringify(balance));
  await office.alarm(
    'balance',
    ok ? null : `邮箱里有 ${balance.server} 封，台账里有 ${balance.ledger} 封，请查看收件情况`,
  );
  return balance;
}

export async function lastBalance({ db }: Pick<Books, 'db'>): Promise<Balance | null> {
  const kept = await recall(db, 'balance');
  if (kept === null) return null;
  const balance = JSON.parse(kept) as Balance;
  return { ...balance, at: new Date(balance.at) };
}
