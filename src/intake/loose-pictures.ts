import type { Document, EmbeddedPicture } from '../documents/document.ts';
import type { Form } from '../forms/form.ts';
import { certificatesOf, type Notice } from '../notice/notice.ts';
import { looksLikePaper } from '../pictures/picture.ts';
import { kindsInHeading, kindsListed } from './name-hints.ts';

/**
 * The requirements whose certificates may be pasted into a file beside its forms: below a list, behind the 推荐表, on a
 * sheet of their own. The file's name and the headings in it say which; else a list's pictures are its own, and any
 * other form's may be any.
 *
 * @param answered the requirements that the forms in it answer
 */
export function certificatesInside(
  path: string,
  document: Document,
  forms: readonly Form[],
  answered: readonly string[],
  notice: Notice,
): string[] {
  const photos = forms.map(({ photo }) => photo?.picture?.sha256);
  const loose = document.pictures.filter((picture) => mayBeCertificate(picture) && !photos.includes(picture.sha256));
  if (loose.length === 0) return [];
  const bearing = notice.requirements.filter((requirement) => certificatesOf(requirement)).map(({ code }) => code);
  const headings = document.blocks.flatMap((block) =>
    block.kind === 'paragraph' ? kindsInHeading(block.text, notice) : [],
  );
  const said = [...answered, ...headings, ...kindsListed(path, notice)].filter((code) => bearing.includes(code));
  return said.length > 0 ? [...new Set(said)] : bearing;
}

/** No signature, logo or seal (seals are square), and no second portrait. A picture that nobody could open may be one. */
function mayBeCertificate(picture: EmbeddedPicture): boolean {
  const { width, height, bytes } = picture;
  if (width === 0) return bytes >= 20_000;
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  const portrait = height > width && height <= 1200 && !looksLikePaper(picture);
  return shorter >= 250 && longer / shorter > 1.1 && longer / shorter < 2.5 && !portrait;
}
