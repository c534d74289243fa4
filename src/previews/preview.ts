import type { FileType, UnreadableReason } from '../documents/document.ts';
import type { Keys } from '../message/find-attachment.ts';

/**
 * A stranger's file to be looked at: an attachment (or a file out of one) of a kept raw mail, or a file on disk. The
 * bytes are named, never handed over: only the child process opens them.
 */
export type EvidenceFile = {
  /** The sender's name of it, which decides between twins (.et and .xls, .csv and .txt). */
  name: string;
  /**
   * Hex, of the file itself; what the child finds must fit it. Null where it is not at hand: the preview is then kept
   * under its place in the mail, and made anew for the same file in another.
   */
  sha256: string | null;
  at: MailPlace | { file: string };
};

/**
 * `mail`: the raw file and its sha256. `attachment`: the way from the mail, `材料.zip/推荐表.docx`. `keys`: for what lies in
 * a container, which may be locked.
 */
export type MailPlace = { mail: { file: string; sha256: string }; attachment: string; keys: Keys };

/** A place that was asked for, and the `id` of the element that shows it; null when the preview does not have it. */
export type Mark = { place: string; id: string | null };

/** What a page can show of a file. All text in `html` is escaped; it has neither styles nor scripts nor links. */
export type Preview =
  /** Word, Excel, text: every cell and paragraph bears its location as `data-place`. */
  | { kind: 'html'; type: FileType; html: string; marks: Mark[]; cut: boolean }
  /** To be shown by `picture(file, { size })`. Pixels, upright. */
  | { kind: 'picture'; type: FileType; width: number; height: number }
  /** A PDF, or a TIFF of several pages: each by `picture(file, { size, page })`; `html` is its text layer, empty for a scan. */
  | { kind: 'pages'; type: FileType; pages: number; html: string; marks: Mark[]; cut: boolean }
  /** `reason`: why it cannot be shown, and what it is, in Chinese. */
  | Refusal;

export type Refusal = { kind: 'none'; type: FileType; why: UnreadableReason; reason: string };

/** Longest side in pixels: thumbnail 160, screen 1600, full 4000 (a page of a PDF: 2000). */
export type PictureSize = 'thumbnail' | 'screen' | 'full';

/** `page` of a PDF, from 1; `index` of a picture inside a document, from 0; neither: the file is the picture. */
export type PictureWanted = {
  size: PictureSize;
  /** Clockwise, beyond what the file itself says about its orientation. */
  rotate?: 0 | 90 | 180 | 270;
  page?: number;
  index?: number;
};

/** Always JPEG, whatever was sent; without the sender's metadata. */
export type PictureShown = { kind: 'jpeg'; bytes: Buffer } | Refusal;

export type PageWanted = {
  /** Locations as findings and fields write them; their elements get class `marked`, `tabindex` and an `id`. */
  places?: readonly string[];
  /** The address of a picture inside the document, as the page will ask for it. Without it pictures have no `src`. */
  pictureUrl?: (index: number) => string;
};

export type Previews = {
  /** What can be shown of the file. Never throws for what is in it. */
  page: (file: EvidenceFile, wanted?: PageWanted) => Promise<Preview>;
  /** One picture: the file, a page of a PDF, or a picture inside a document. Never throws for what is in it. */
  picture: (file: EvidenceFile, wanted: PictureWanted) => Promise<PictureShown>;
  /** The very bytes of an attachment, to be saved by a person; null when the mail has no such attachment. */
  original: (at: MailPlace) => Promise<{ name: string; bytes: Buffer; type: FileType } | null>;
  close: () => Promise<void>;
};
