import { statSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ChildLimits, type ChildSeams, openChildren } from '../documents/pool/children.ts';
import { Failure } from '../errors.ts';
import { openCache, previewsIn } from './cache.ts';
import { withPictureUrls } from './html/picture-urls.ts';
import { pageName, pictureName } from './names.ts';
import type { PictureShown, Preview, Previews, Refusal } from './preview.ts';
import { refusal } from './refusal.ts';
import { openResting } from './resting.ts';
import type { Answer, Task } from './task.ts';

/** As for the reader, but a mail of 50 MB is taken apart within the same time. */
const limits: ChildLimits = {
  wallMs: 12_000,
  heapMegabytes: 256,
  residentBytes: 512 * 1024 * 1024,
  children: 2,
};
const idleMs = 60_000;

type Options = { dataDir: string; limits?: Partial<ChildLimits>; idleMs?: number };

/**
 * Opens the door to what a reviewer may look at: pages and pictures made by child processes from strangers' files, and
 * kept in `DATA_DIR/previews`, which may be deleted at any time. This process opens no file of a stranger: it names
 * what is wanted, and gets HTML or a JPEG of ours back. The same wish twice at a time is done once.
 *
 * Calls throw a temporary `Failure` when it was closed meanwhile, a permanent one when the raw mail is gone; nothing is
 * forked before the first file, and children end a minute after the last.
 */
export function openPreviews(given: Options, seams: ChildSeams = {}): Previews {
  const cache = openCache(previewsIn(given.dataDir));
  const children = openResting(
    () => openChildren<Task, Answer>({ ...limits, ...given.limits }, { childFile: childFile(), ...seams }),
    given.idleMs ?? idleMs,
  );
  const version = programVersion();
  const making = new Map<string, Promise<Buffer>>();

  /** What a child answers, as it is kept: JSON, or the bytes of a JPEG. */
  const make = async (name: string, task: Task): Promise<Buffer> => {
    const answer = await asked(task);
    if (answer !== null && 'kind' in answer && answer.kind === 'jpeg') return keep(name, bufferOf(answer.bytes));
    if (answer !== null && 'absent' in answer) return json(answer.absent);
    return isPassing(answer) ? json(answer) : keep(name, json(answer));
  };
  const keep = async (name: string, bytes: Buffer) => {
    await cache.put(name, bytes);
    return bytes;
  };
  const asked = async (task: Task): Promise<Exclude<Answer, { failed: unknown }>> => {
    const end = await children.ask(task);
    if ('undone' in end) return refusal('unknown', end.undone, end.detail);
    if (end.answer !== null && 'failed' in end.answer) throw failure(end.answer.failed);
    return end.answer;
  };
  const obtain = async (name: string, task: Task): Promise<Buffer> => {
    const kept = await cache.get(name);
    if (kept) return kept;
    const made = making.get(name) ?? make(name, task).finally(() => making.delete(name));
    making.set(name, made);
    return made;
  };

  return {
    async page(file, { places = [], pictureUrl } = {}) {
      const page = parsed(await obtain(pageName(version, file, places), { what: 'page', file, places })) as Preview;
      return pictureUrl && 'html' in page ? { ...page, html: withPictureUrls(page.html, pictureUrl) } : page;
    },
    async picture(file, wanted): Promise<PictureShown> {
      const bytes = await obtain(pictureName(version, file, wanted), { what: 'picture', file, wanted });
      return bytes[0] === 0xff ? { kind: 'jpeg', bytes } : (parsed(bytes) as Refusal);
    },
    async original(at) {
      const answer = await asked({ what: 'original', at });
      if (answer === null) return null;
      if ('kind' in answer && answer.kind === 'original')
        return { name: nameOf(at.attachment), bytes: bufferOf(answer.bytes), type: answer.type };
      throw new Failure('temporary', '取出附件时中断，请稍后再试', `original: ${JSON.stringify(answer).slice(0, 200)}`);
    },
    close: children.close,
  };
}

const childFile = () => {
  const here = import.meta.url;
  return fileURLToPath(new URL(`./child/child${extname(fileURLToPath(here))}`, here));
};

/**
 * When the program was built. A finding points into what today's readers read: a page that yesterday's program kept must
 * not be shown beside it, and nobody remembers to raise a number.
 */
const programVersion = () => Math.round(statSync(childFile()).mtimeMs).toString(36);

/** Another try may bring what a busy machine did not; nothing of that kind is kept. */
const isPassing = (answer: Exclude<Answer, { failed: unknown }>) =>
  answer !== null &&
  'kind' in answer &&
  answer.kind === 'none' &&
  ['timed_out', 'out_of_memory', 'crashed'].includes(answer.why);

const failure = ({ kind, forPerson, reason }: { kind: Failure['kind']; forPerson: string; reason: string }) =>
  new Failure(kind, forPerson, reason);

const nameOf = (path: string) => path.split('/').at(-1) ?? path;
const json = (answer: unknown) => Buffer.from(JSON.stringify(answer));
const parsed = (bytes: Buffer): unknown => JSON.parse(bytes.toString('utf8'));
const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array) => Buffer.from(buffer, byteOffset, byteLength);
