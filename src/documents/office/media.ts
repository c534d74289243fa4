import { createHash } from 'node:crypto';
import type { PictureFacts } from '../../pictures/picture.ts';
import type { Document, EmbeddedPicture, Paragraph } from '../document.ts';
import { loadedOnce } from '../once.ts';
import { Unreadable } from '../unreadable.ts';

const maxPictures = 60;
const maxTotalBytes = 40e6;
/** All pictures of one document together: sixty from a 12-megapixel phone pass, sixty of 100 would take the whole time. */
const maxTotalPixels = 1e9;

/** A picture found in a document: its part or a made-up name, its size, and how to get the bytes. */
export type FoundPicture = { name: string; bytes: number; read: () => Promise<Buffer> };

/** The pictures of one document. */
export type Album = ReturnType<typeof openAlbum>;

/**
 * Keeps each picture of a document once, however often it is shown. `add` gives the index for `Cell.pictures`, or null
 * beyond 60 pictures or 40 MB (`cut` then says so).
 *
 * @param isBlind looks at no picture: whoever wants the bytes of one need not wait for all
 */
export function openAlbum(isBlind = false) {
  const found = new Map<string, FoundPicture>();
  let room = maxTotalBytes;
  let cut = false;
  return {
    add(picture: FoundPicture): number | null {
      const known = [...found.keys()].indexOf(picture.name);
      if (known >= 0) return known;
      if (found.size >= maxPictures || picture.bytes > room) {
        cut = true;
        return null;
      }
      room -= picture.bytes;
      found.set(picture.name, picture);
      return found.size - 1;
    },
    isCut: () => cut,
    /** The bytes behind an index; null for one that is not there or does not come out of its file. */
    async bytesAt(index: number): Promise<Buffer | null> {
      const picture = [...found.values()][index];
      return picture ? bytesOf(picture) : null;
    },
    /** Looks at every picture. `location` says for an index where it stands first, '' when nobody knows. */
    async develop(location: (index: number) => string): Promise<EmbeddedPicture[]> {
      const pictures: EmbeddedPicture[] = [];
      if (isBlind) return pictures;
      let pixels = 0;
      for (const [index, picture] of [...found.values()].entries()) {
        const isDark = pixels >= maxTotalPixels;
        const embedded = await embed(picture, location(index), isDark ? async () => null : look);
        pixels += embedded.width * embedded.height;
        cut ||= isDark;
        pictures.push(embedded);
      }
      return pictures;
    },
  };
}

/** Whatever shows text and pictures: a paragraph or a cell. */
export type Holder = Pick<Paragraph, 'text' | 'location' | 'pictures'>;

/** The paragraphs and cells of a document in reading order. */
export function holdersIn(blocks: Document['blocks']): Holder[] {
  return blocks.flatMap((block): Holder[] => (block.kind === 'grid' ? block.cells : [block]));
}

/** Where a picture stands first: the location of the cell or paragraph that shows it, '' when none does. */
export function placeOf(blocks: Document['blocks'], index: number): string {
  return holdersIn(blocks).find((holder) => holder.pictures.includes(index))?.location ?? '';
}

/** A picture that cannot be opened (EMF, WMF, broken) still stands in its place, with size 0 × 0. */
const unseen = { width: 0, height: 0, orientation: 1, grey: null, colourfulness: null, paperShare: null };

async function embed(
  picture: FoundPicture,
  location: string,
  lookAt: (bytes: Buffer) => Promise<PictureFacts | null>,
): Promise<EmbeddedPicture> {
  const name = picture.name.slice(picture.name.lastIndexOf('/') + 1);
  const bytes = await bytesOf(picture);
  if (!bytes) return { ...unseen, name, location, bytes: picture.bytes, sha256: '' };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ...((await lookAt(bytes)) ?? unseen), name, location, bytes: bytes.length, sha256 };
}

const pictures = loadedOnce(() => import('../../pictures/facts.ts'));

async function look(bytes: Buffer): Promise<PictureFacts | null> {
  return (await (await pictures()).pictureFacts(bytes)).facts;
}

/** One broken picture must not cost the form around it. */
async function bytesOf(picture: FoundPicture): Promise<Buffer | null> {
  try {
    return await picture.read();
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}
