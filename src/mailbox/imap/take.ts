import type { ImapFlow } from 'imapflow';
import { machineNow } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { arrivalOf } from '../../message/received-at.ts';
import { MailboxFailure } from '../failure.ts';
import { readHead } from '../head.ts';
import type { KeptRaw, Ledger, Place, ReceivedFrom } from '../ledger.ts';
import type { RawStore } from '../raw-store.ts';
import { fetchEach, look, type Seen, stillListed } from './look.ts';
import { plan, type Step } from './plan.ts';
import { fetchSources, isWhole, streamSource } from './source.ts';
import { failed } from './trouble.ts';

/** A folder opened by EXAMINE. */
export type OpenFolder = { client: ImapFlow; account: string; folder: string; uidValidity: string };

/** Where mail goes. `opens`: mail that arrived before is counted by its header only. */
export type Office = { ledger: Ledger; rawStore: RawStore; opens: Date; log: Log };

/**
 * What became of the mails looked at. `kept`: ledger numbers of the new ones; `known`: met before, elsewhere or here;
 * `stuck`: listed by the server but not handed over whole, tried again at the next poll.
 */
export type Taken = { kept: number[]; known: number; passedOver: number; stuck: Map<number, MailboxFailure> };

const atOnce = 200;

/**
 * Takes mails of the open folder: light look first, then header only (before `opens`), batches of whole sources, or
 * pieces of a large one. One that does not come whole holds up none of the others.
 *
 * @param uids ascending
 * @param done told after each step that everything up to this UID is kept; no more once a mail is stuck
 * @throws MailboxFailure when the conversation breaks, Failure when disk or ledger do; what was kept stays kept
 */
export async function take(
  open: OpenFolder,
  uids: number[],
  office: Office,
  done: (uid: number) => Promise<void> = async () => undefined,
): Promise<Taken> {
  const taken: Taken = { kept: [], known: 0, passedOver: 0, stuck: new Map() };
  for (let from = 0; from < uids.length; from += atOnce) {
    const slice = uids.slice(from, from + atOnce);
    const seen = await look(open.client, slice);
    await noteUnanswered(open, slice, new Set(seen.map(({ uid }) => uid)), taken);
    for (const step of plan(seen, office.opens)) {
      await takeStep(open, step, office, taken);
      if (taken.stuck.size === 0) await done(step.mails.at(-1)?.uid ?? 0);
    }
    if (taken.stuck.size === 0) await done(slice.at(-1) ?? 0);
  }
  return taken;
}

/** Asked for and not told of: expunged meanwhile, which is fine, or still listed, which is not. */
async function noteUnanswered(open: OpenFolder, asked: number[], answered: Set<number>, taken: Taken): Promise<void> {
  const silent = asked.filter((uid) => !answered.has(uid));
  if (silent.length === 0) return;
  for (const uid of await stillListed(open.client, silent))
    if (silent.includes(uid)) taken.stuck.set(uid, failed('incomplete', `UID ${uid} is listed but not handed over`));
}

async function takeStep(open: OpenFolder, step: Step, office: Office, taken: Taken): Promise<void> {
  if (step.kind === 'pass_over') return passOver(open, step.mails, office, taken);
  if (step.kind === 'stream') return takeLarge(open, step.mails[0], office, taken);
  const sources = await fetchSources(
    open.client,
    step.mails.map(({ uid }) => uid),
  );
  const missing = new Set<number>();
  for (const mail of step.mails) {
    const source = sources.get(mail.uid);
    if (!source || source.length === 0) missing.add(mail.uid);
    else if (isWhole(source, mail.bytes)) await keep(open, mail, await office.rawStore.keep(source), office, taken);
    else await takeShort(open, mail, source, office, taken);
    sources.delete(mail.uid); // its memory is free while the next is kept
  }
  const whole = new Set(step.mails.map(({ uid }) => uid).filter((uid) => !missing.has(uid)));
  await noteUnanswered(
    open,
    step.mails.map(({ uid }) => uid),
    whole,
    taken,
  );
}

/** A mail given twice with the same fewer bytes is what the server has: its announced size is wrong. */
async function takeShort(open: OpenFolder, mail: Seen, source: Buffer, office: Office, taken: Taken): Promise<void> {
  const again = (await fetchSources(open.client, [mail.uid])).get(mail.uid);
  if (!again || (!again.equals(source) && !isWhole(again, mail.bytes))) {
    taken.stuck.set(mail.uid, failed('incomplete', `UID ${mail.uid}: not the ${mail.bytes} bytes announced`));
    return;
  }
  office.log.warn({ folder: open.folder, uid: mail.uid, announced: mail.bytes, given: again.length }, 'wrong size');
  await keep(open, mail, await office.rawStore.keep(again), office, taken);
}

async function takeLarge(open: OpenFolder, mail: Seen, office: Office, taken: Taken): Promise<void> {
  try {
    await keep(open, mail, await office.rawStore.keep(streamSource(open.client, mail)), office, taken);
  } catch (error) {
    if (!(error instanceof MailboxFailure) || !open.client.usable) throw error;
    taken.stuck.set(mail.uid, error);
    await noteGone(open, mail.uid, taken);
  }
}

/** Expunged while it was being fetched: nothing to wait for. */
async function noteGone(open: OpenFolder, uid: number, taken: Taken): Promise<void> {
  if (!(await stillListed(open.client, [uid])).includes(uid)) taken.stuck.delete(uid);
}

async function keep(open: OpenFolder, mail: Seen, raw: KeptRaw, office: Office, taken: Taken): Promise<void> {
  const arrived = await arrivalTime(mail, raw, office.rawStore);
  const { message, isNew } = await office.ledger.keep({ place: placeOf(open, mail.uid), ...arrived, raw });
  if (isNew) taken.kept.push(message);
  else taken.known += 1;
}

async function arrivalTime(
  mail: Seen,
  raw: KeptRaw,
  rawStore: RawStore,
): Promise<{ receivedAt: Date; receivedFrom: ReceivedFrom }> {
  if (mail.receivedAt) return { receivedAt: mail.receivedAt, receivedFrom: 'internaldate' };
  const told = arrivalOf(await rawStore.read(raw.sha256));
  return told
    ? { receivedAt: told, receivedFrom: 'received_header' }
    : { receivedAt: machineNow(), receivedFrom: 'file_time' }; // the time it was written to our disk
}

async function passOver(open: OpenFolder, mails: Seen[], office: Office, taken: Taken): Promise<void> {
  const uids = mails.map(({ uid }) => uid);
  const fields = ['from', 'subject', 'message-id', 'in-reply-to', 'references'];
  const heads = await fetchEach(open.client, uids, { headers: fields });
  for (const { uid, bytes, receivedAt } of mails) {
    if (receivedAt === null) continue; // never planned so
    const head = readHead(heads.get(uid)?.headers ?? Buffer.alloc(0));
    await office.ledger.passOver(placeOf(open, uid), receivedAt, head, bytes);
    taken.passedOver += 1;
  }
}

const placeOf = ({ account, folder, uidValidity }: OpenFolder, uid: number): Place => ({
  account,
  folder,
  uidValidity,
  uid,
});
