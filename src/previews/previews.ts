import { convertedIn, readInPlaceOf } from '../documents/libreoffice/kept.ts';
import type { ChildSeams } from '../documents/pool/children.ts';
import { Failure } from '../errors.ts';
import { openCache, previewsIn } from './cache.ts';
import { withPictureUrls } from './html/picture-urls.ts';
import { type Made, type MakerLimits, openMaker } from './maker.ts';
import { pageName, pictureName } from './names.ts';
import type { EvidenceFile, PictureShown, Preview, Previews, Refusal } from './preview.ts';
import type { Task } from './task.ts';

/**
 * Opens the door to what a reviewer may look at: pages and pictures made by child processes from strangers' files, and
 * kept in `DATA_DIR/previews`, which may be deleted at any time. This process opens no file of a stranger: it names
 * what is wanted, and gets HTML or a JPEG of ours back. The same wish twice at a time is done once.
 *
 * Calls throw a temporary `Failure` when it was closed meanwhile, a permanent one when the raw mail is gone; nothing is
 * forked before the first file, and children end five minutes after the last.
 */
export function openPreviews(given: { dataDir: string } & MakerLimits, seams: ChildSeams = {}): Previews {
  const cache = openCache(previewsIn(given.dataDir));
  const { make, version, close } = openMaker(given, seams);
  const making = new Map<string, Promise<Buffer>>();

  const convertedOf = async ({ sha256 }: EvidenceFile) =>
    sha256 === null ? null : readInPlaceOf(convertedIn(given.dataDir), sha256);
  const makeAndKeep = async (name: string, task: Task): Promise<Buffer> => {
    const made = await make(task);
    const bytes = asKept(made);
    if (isLasting(made)) await cache.put(name, bytes);
    return bytes;
  };
  const obtain = async (name: string, task: Task): Promise<Buffer> => {
    const kept = await cache.get(name);
    if (kept && isWhole(kept)) return kept;
    const made = making.get(name) ?? makeAndKeep(name, task).finally(() => making.delete(name));
    making.set(name, made);
    return made;
  };

  return {
    async page(file, { places = [], pictureUrl } = {}) {
      const converted = await convertedOf(file);
      const name = pageName(converted ? `${version}c` : version, file, places);
      const page = parsed(await obtain(name, { what: 'page', file, converted, places })) as Preview;
      return pictureUrl && 'html' in page ? { ...page, html: withPictureUrls(page.html, pictureUrl) } : page;
    },
    async picture(file, wanted): Promise<PictureShown> {
      const converted = await convertedOf(file);
      const name = pictureName(converted ? `${version}c` : version, file, wanted);
      const bytes = await obtain(name, { what: 'picture', file, converted, wanted });
      return bytes[0] === jpegMark ? { kind: 'jpeg', bytes } : (parsed(bytes) as Refusal);
    },
    async original(at) {
      const made = await make({ what: 'original', at });
      if (made === null) return null;
      if ('kind' in made && made.kind === 'original')
        return { name: at.attachment.split('/').at(-1) ?? at.attachment, bytes: bufferOf(made.bytes), type: made.type };
      throw new Failure('temporary', '取出附件时中断，请稍后再试', `original: ${JSON.stringify(made).slice(0, 200)}`);
    },
    close,
  };
}

const jpegMark = 0xff;

/** The bytes of a JPEG, or JSON. */
function asKept(made: Made): Buffer {
  if (made !== null && 'kind' in made && made.kind === 'jpeg') return bufferOf(made.bytes);
  return Buffer.from(JSON.stringify(made !== null && 'absent' in made ? made.absent : made));
}

/** Another try may bring what a busy machine did not, and another place a file that was not here. */
function isLasting(made: Made): boolean {
  if (made === null || 'absent' in made) return false;
  return made.kind !== 'none' || !['timed_out', 'out_of_memory', 'crashed'].includes(made.why);
}

/** A power cut may leave an empty file, or one of zeros, under its final name. */
function isWhole(bytes: Buffer): boolean {
  const last = bytes.at(-1);
  return bytes[0] === jpegMark ? last === 0xd9 : bytes[0] === '{'.charCodeAt(0) && last === '}'.charCodeAt(0);
}

const parsed = (bytes: Buffer): unknown => JSON.parse(bytes.toString('utf8'));
const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array) => Buffer.from(buffer, byteOffset, byteLength);
