import { MailboxFailure } from '../failure.ts';
import { keepMails, type Office, type OpenFolder, passOverMails, type Taken } from './keep.ts';
import { look, type Seen, stillListed } from './look.ts';
import { plan, type Step } from './plan.ts';
import { fetchSources, measure, streamSource } from './source.ts';
import { failed } from './trouble.ts';

const atOnce = 200;

/**
 * Takes mails of the open folder: a light look first, then by header only (before `opens`), in batches, or piece by
 * piece. One that does not come whole holds up none of the others.
 *
 * @param uids ascending
 * @param done told after each step that everything up to this UID is kept; no more once a mail is stuck
 * @throws MailboxFailure when the conversation breaks, Failure when the disk is full, and what the ledger throws; what
 *   was kept stays kept
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
    await noteSilence(open, slice, uidsOf(seen), taken);
    for await (const { step, sources } of withSources(open, plan(seen, office.opens))) {
      await takeStep(open, step, sources, office, taken);
      const last = step.mails.at(-1)?.uid ?? 0;
      if (taken.stuck.size === 0) await done(last);
      if (areFirst(seen, last)) await office.onKept?.();
    }
    if (taken.stuck.size === 0) await done(slice.at(-1) ?? 0);
    office.onProgress?.({ folder: open.folder, taken: from + slice.length, all: uids.length });
  }
  return taken;
}

const uidsOf = (mails: Seen[]) => mails.map(({ uid }) => uid);

/** Asked for and not told of: expunged meanwhile, which is fine, or still listed, which is not. */
async function noteSilence(open: OpenFolder, asked: number[], answered: number[], taken: Taken): Promise<void> {
  const silent = asked.filter((uid) => !answered.includes(uid));
  if (silent.length === 0) return;
  for (const uid of await stillListed(open.client, silent))
    taken.stuck.set(uid, failed('incomplete', `UID ${uid} is listed but not handed over`));
}

/** Whether mails follow the one with this UID, and all of them arrived later than those up to it. */
function areFirst(seen: readonly Seen[], last: number): boolean {
  const times = (mails: readonly Seen[]) => mails.map(({ receivedAt }) => receivedAt?.getTime() ?? Number.NaN);
  const rest = times(seen.filter(({ uid }) => uid > last));
  const latest = Math.max(...times(seen.filter(({ uid }) => uid <= last)));
  return rest.length > 0 && rest.every((time) => time >= latest);
}

type Sources = Map<number, Buffer>;

/** The steps in order, each batch with its mails; the next batch comes over the line while one is made durable. */
async function* withSources(open: OpenFolder, steps: Step[]): AsyncGenerator<{ step: Step; sources: Sources }> {
  let coming = sourcesOf(open, steps[0]);
  try {
    for (const [index, step] of steps.entries()) {
      const sources = await coming;
      coming = sourcesOf(open, steps[index + 1]);
      yield { step, sources };
    }
  } finally {
    await coming.catch(() => undefined); // told at its own turn, or an earlier step has failed; nothing is left under way
  }
}

function sourcesOf(open: OpenFolder, step: Step | undefined): Promise<Sources> {
  if (step?.kind !== 'batch') return Promise.resolve(new Map());
  const sources = fetchSources(open.client, uidsOf(step.mails));
  sources.catch(() => undefined); // a refusal may come before its turn
  return sources;
}

async function takeStep(open: OpenFolder, step: Step, sources: Sources, office: Office, taken: Taken): Promise<void> {
  if (step.kind === 'pass_over') await passOverMails(open, step.mails, office, taken);
  else if (step.kind === 'stream') await takeLarge(open, step.mails[0], office, taken);
  else await takeBatch(open, step.mails, sources, office, taken);
}

async function takeBatch(
  open: OpenFolder,
  mails: Seen[],
  sources: Sources,
  office: Office,
  taken: Taken,
): Promise<void> {
  await noteSilence(open, uidsOf(mails), [...sources.keys()], taken);
  const whole = mails.filter(({ uid, bytes }) => comesWhole(sources.get(uid), bytes));
  // Together: the disk makes many files durable in the time of one.
  const raws = await allOf(whole.map(({ uid }) => office.rawStore.keep(sources.get(uid) ?? Buffer.alloc(0))));
  await keepMails(
    open,
    raws.flatMap((raw, index) => {
      const mail = whole[index];
      return mail ? [{ mail, raw }] : [];
    }),
    office,
    taken,
  );
  for (const mail of mails) {
    const given = sources.get(mail.uid)?.length;
    if (given !== undefined && !whole.includes(mail)) await takeAgain(open, mail, given, office, taken);
  }
}

function comesWhole(source: Buffer | undefined, announced: number): boolean {
  const size = measure(announced);
  if (source) size.add(source);
  return source !== undefined && size.isWhole();
}

/** Like Promise.all, but nothing is still under way when it throws. */
async function allOf<T>(works: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}

async function takeLarge(open: OpenFolder, mail: Seen, office: Office, taken: Taken): Promise<void> {
  const size = measure(mail.bytes);
  try {
    const raw = await office.rawStore.keep(streamSource(open.client, mail.uid, size));
    await keepMails(open, [{ mail, raw }], office, taken);
  } catch (error) {
    if (!isOfOneMail(error)) throw error;
    await takeAgain(open, mail, size.given(), office, taken);
  }
}

/**
 * A mail that came shorter than announced is asked for once more. The same length again is what the server has: then
 * the announced size is wrong, and a mail that is never kept would be worse.
 */
async function takeAgain(open: OpenFolder, mail: Seen, given: number, office: Office, taken: Taken): Promise<void> {
  try {
    const raw = await office.rawStore.keep(streamSource(open.client, mail.uid, measure(Math.max(given, 1))));
    await keepMails(open, [{ mail, raw }], office, taken);
    office.log.warn({ folder: open.folder, uid: mail.uid, announced: mail.bytes, given }, 'mail came short');
  } catch (error) {
    if (!isOfOneMail(error)) throw error; // else the poll tells of it, once and not each time that it is tried again
    if ((await stillListed(open.client, [mail.uid])).length > 0) taken.stuck.set(mail.uid, error);
  }
}

const isOfOneMail = (error: unknown): error is MailboxFailure =>
  error instanceof MailboxFailure && (error.trouble === 'incomplete' || error.trouble === 'refused');
