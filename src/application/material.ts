import type { UnreadableReason } from '../documents/document.ts';
import type { Form } from '../forms/form.ts';
import type { LinkedFile } from '../message/mail.ts';
import type { PictureFacts } from '../pictures/picture.ts';

/** Which mail something came in: its file or id, its sender, when it arrived. */
export type Source = {
  message: string;
  address: string;
  senderName: string;
  receivedAt: Date;
  /** Staff brought it, and no union mailed it: nobody is answered there. */
  broughtBy?: string;
};

/**
 * A file (or a picture inside a form) accepted as evidence for a requirement. Every version is kept; which one counts
 * is for `status.ts` to say.
 */
export type Material = {
  requirement: string;
  part: 'form' | 'certificates' | 'photo';
  /** Path within the mail; the same for the several forms of one file. */
  file: string;
  bytes: number;
  sha256: string;
  source: Source;
  form: Form | null;
  picture: PictureFacts | null;
  /** How many certificates it can hold: a picture one, a PDF its pages, a Word file its pictures. */
  pieces: number;
  /** A photo pasted into a form, with its place there. */
  insideForm: string | null;
  /** Its name says that it takes the place of an earlier version: 修改后, 最终. */
  revised: boolean;
  /** The requirement its file name claims, when the content is another's (a list named as the other one). */
  namedAs: string | null;
  /** A person looked at the file and said that it is this. */
  assignedBy?: string;
};

/**
 * A file that might be evidence but was not understood: unreadable, behind a link, or readable and ambiguous. It makes
 * the requirements it might be a matter for a person, never "missing" (docs/decisions/0003).
 */
export type OpenQuestion = {
  why: 'unreadable' | 'behind_link' | 'unsure';
  file: string;
  sha256: string | null;
  source: Source;
  mightBe: string[];
  reason: UnreadableReason | null;
  link: LinkedFile | null;
  /** What it would be accepted as: certificates of either of two requirements that its name fits equally; mostly empty. */
  fits: Material[];
};
