import type { FileType } from '../../documents/document.ts';
import { withPdf } from '../../documents/pdf.ts';
import { pictureInside } from '../../documents/read-here.ts';
import { sniff } from '../../documents/sniff/sniff.ts';
import type { NamedFile } from '../../documents/sniff/sniffed.ts';
import { Unreadable } from '../../documents/unreadable.ts';
import { pictureTrouble } from '../../pictures/facts.ts';
import type { PictureWanted, Refusal } from '../preview.ts';
import { refusal } from '../refusal.ts';
import { jpegOfPicture, jpegOfPixels, sides } from './jpeg.ts';
import { renderPage } from './pdf-page.ts';

type Jpeg = { kind: 'jpeg'; bytes: Buffer };

const pictures: FileType[] = ['jpeg', 'png', 'gif', 'bmp', 'tiff', 'webp', 'heic'];
const maxPageSide = 2_000;

/** One picture as a JPEG of ours: the file itself, a page of it, or a picture inside. Never throws for what is in it. */
export async function pictureOf(file: NamedFile, wanted: PictureWanted): Promise<Jpeg | Refusal> {
  const { type, reason, detail } = await sniff(file);
  if (reason) return refusal(type, reason, detail);
  try {
    return { kind: 'jpeg', bytes: await drawn(type, file, wanted) };
  } catch (error) {
    if (error instanceof Unreadable) return refusal(type, error.reason, error.message);
    const trouble = pictureTrouble(error);
    return refusal(type, trouble.reason, trouble.detail);
  }
}

async function drawn(type: FileType, file: NamedFile, wanted: PictureWanted): Promise<Buffer> {
  const { index, page } = wanted;
  if (index !== undefined) return jpegOfPicture(await inside(file, index), wanted);
  if (pictures.includes(type)) return jpegOfPicture(file.bytes, wanted, page);
  if (type !== 'pdf') throw new Unreadable('unsupported', '不是图片');
  const side = Math.min(sides[wanted.size], maxPageSide);
  return jpegOfPixels(await withPdf(file.bytes, (pdf) => renderPage(pdf, page ?? 1, side)), wanted);
}

async function inside(file: NamedFile, index: number): Promise<Buffer> {
  const bytes = await pictureInside(file, index);
  if (!bytes) throw new Unreadable('corrupt', '文件里没有这张图片');
  return bytes;
}
