import type { ImapFlow } from 'imapflow';
import { machineNow } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { arrivalOf } from '../../message/received-at.ts';
import type { MailboxFailure } from '../failure.ts';
import { readHead } from '../head.ts';
import type { Arrival, KeptRaw, Ledger, PassedOver, Place, ReceivedFrom } from '../ledger.ts';
import type { RawStore } from '../raw-store.ts';
import { fetchEach, type Seen } from './look.ts';

/** A folder opened by EXAMINE. */
export type OpenFolder = { client: ImapFlow; account: string; folder: string; uidValidity: string };

/** How far the look into one folder has come: `taken` of the `all` mails that were new to us there. */
export type Progress = { folder: string; taken: number; all: number };

/** Where mail goes. `opens`: mail that arrived before is counted by its header only. */
export type Office = {
  ledger: Ledger;
  rawStore: RawStore;
  opens: Date;
  log: Log;
  /** Told after each two hundred mails: the first look into an old mailbox takes minutes. */
  onProgress?: (progress: Progress) => void;
  /** Some were kept, and more are still to come, which all arrived later: work on the first may begin. */
  onKept?: () => Promise<void>;
};

/**
 * What became of the mails looked at. `kept`: ledger numbers of the new ones; `known`: met before, here or elsewhere;
 * `stuck`: listed by the server but not handed over whole, tried again at the next poll.
 */
export type Taken = { kept: number[]; known: number; passedOver: number; stuck: Map<number, MailboxFailure> };

/** Enters mails whose bytes are on disk into the ledger, in this order. */
export async function keepMails(
  open: OpenFolder,
  mails: readonly { mail: Seen; raw: KeptRaw }[],
  office: Office,
  taken: Taken,
): Promise<void> {
  const arrivals: Arrival[] = [];
  for (const { mail, raw } of mails)
    arrivals.push({ place: placeOf(open, mail.uid), ...(await arrivalTime(mail, raw, office.rawStore)), raw });
  const isOld = ({ receivedAt }: Arrival) => receivedAt < office.opens;
  const old = arrivals.filter(isOld).map(({ place, receivedAt, raw: { head, bytes } }) => {
    return { place, receivedAt, head, bytes };
  });
  if (old.length > 0) await enterOld(old, office, taken);
  for (const { message, isNew } of await office.ledger.keep(arrivals.filter((arrival) => !isOld(arrival)))) {
    if (isNew) taken.kept.push(message);
    else taken.known += 1;
  }
}

/** INTERNALDATE; where a server gives none, what a mail from a file has: the topmost Received, else now. */
async function arrivalTime(
  mail: Seen,
  raw: KeptRaw,
  rawStore: RawStore,
): Promise<{ receivedAt: Date; receivedFrom: ReceivedFrom }> {
  if (mail.receivedAt) return { receivedAt: mail.receivedAt, receivedFrom: 'internaldate' };
  const told = arrivalOf(await rawStore.read(raw.sha256));
  return told
    ? { receivedAt: told, receivedFrom: 'received_header' }
    : { receivedAt: machineNow(), receivedFrom: 'file_time' };
}

/** Counts mails from before the round by a few lines of their headers. */
export async function passOverMails(open: OpenFolder, mails: Seen[], office: Office, taken: Taken): Promise<void> {
  const uids = mails.map(({ uid }) => uid);
  const told = await fetchEach(open.client, uids, {
    headers: ['from', 'subject', 'message-id', 'in-reply-to', 'references'],
  });
  const old = mails.flatMap(({ uid, bytes, receivedAt }) => {
    const head = readHead(told.get(uid)?.headers ?? Buffer.alloc(0));
    return receivedAt ? [{ place: placeOf(open, uid), receivedAt, head, bytes }] : [];
  });
  await enterOld(old, office, taken);
}

async function enterOld(mails: PassedOver[], office: Office, taken: Taken): Promise<void> {
  await office.ledger.passOver(mails);
  taken.passedOver += mails.length;
}

const placeOf = ({ account, folder, uidValidity }: OpenFolder, uid: number): Place => ({
  account,
  folder,
  uidValidity,
  uid,
});
