import type { PictureFacts } from '../pictures/picture.ts';

/** What a file is by its content; the name decides only between twins (.xls/.et, .doc/.wps). */
export type FileType =
  | 'docx'
  | 'xlsx'
  | 'pptx'
  | 'doc'
  | 'wps'
  | 'xls'
  | 'et'
  | 'ppt'
  | 'rtf'
  | 'pdf'
  | 'text'
  | 'html'
  | 'xml'
  | 'jpeg'
  | 'png'
  | 'gif'
  | 'bmp'
  | 'tiff'
  | 'webp'
  | 'heic'
  | 'zip'
  | 'rar'
  | '7z'
  | 'tar'
  | 'gzip'
  | 'eml'
  | 'msg'
  | 'tnef'
  | 'ole'
  | 'empty'
  | 'unknown';

/** Why a file could not be read. Each has its Chinese in `reasons.ts`; such a file is never "missing". */
export type UnreadableReason =
  | 'empty'
  | 'encrypted'
  | 'corrupt'
  | 'unsupported'
  | 'archive_unsupported'
  | 'archive_part'
  | 'too_large'
  | 'unsafe'
  | 'timed_out'
  | 'out_of_memory'
  | 'crashed';

/** One cell of a table or sheet. Rows and columns count from 1; a merged cell stands once, at its upper left. */
export type Cell = {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  /** As a person would read it, inner line breaks kept, never `4.1E+17` for a long number. */
  text: string;
  /** As the file stores it: numbers of a workbook stay numbers. Word cells: the text. Empty: null. */
  value: string | number | boolean | null;
  /** `yyyy-mm-dd` when a workbook stores this cell as a date. */
  date: string | null;
  /** For people: `表1第3行第4列`, `Sheet1!D7`. */
  location: string;
  /** Indexes into `Document.pictures`. */
  pictures: number[];
  /** True when the text is (also) that of a table inside this cell, which is a grid of its own. */
  holdsGrid?: boolean;
};

export type Paragraph = { kind: 'paragraph'; text: string; location: string; pictures: number[] };
export type Grid = { kind: 'grid'; name: string; hidden: boolean; cells: Cell[] };

/**
 * A picture inside a document; the bytes stay in the file, the hash finds the same picture elsewhere. One that cannot be
 * opened (EMF, damaged) is listed with size 0 × 0, and with an empty hash when not even its bytes came out. `location`
 * is '' where the format does not say (.xls, pictures that float in a .doc).
 */
export type EmbeddedPicture = PictureFacts & { name: string; location: string; bytes: number; sha256: string };

/** What is in a Word, Excel or PDF file or a plain text, in reading order. Facts only: nothing here knows a form. */
export type Document = {
  blocks: (Paragraph | Grid)[];
  pictures: EmbeddedPicture[];
  /** Size of the first page or section in millimetres, where the format has pages. */
  page: { widthMm: number; heightMm: number } | null;
  /** Number of pages where the format says (PDF). */
  pages: number | null;
  /** Pages but no text: a scanned paper. */
  scan: boolean;
  /** True when a limit cut the reading short; what was read is still right. */
  cut: boolean;
  /** True when rows or merges had to be guessed (an old Word file that contradicts itself): its text is right. */
  rough?: boolean;
};

export type Entry = { path: string; bytes: Buffer };
export type RefusedEntry = { path: string; bytes: number; reason: UnreadableReason };

/** A file in a mail of Outlook's own formats; null where it has no name, or is not shown in the text. */
export type OutlookFile = { name: string | null; bytes: Buffer; contentId: string | null };

/** A mail in one of Outlook's own formats (.msg, winmail.dat), decoded; texts are empty where it has none. */
export type OutlookMail = {
  subject: string;
  from: { name: string; address: string } | null;
  sentAt: Date | null;
  text: string;
  html: string;
  files: OutlookFile[];
};

/** The answer for one file. */
export type Reading =
  | { kind: 'document'; type: FileType; document: Document }
  | { kind: 'picture'; type: FileType; picture: PictureFacts }
  /** `partOf`: one part of a divided archive whose files were read with the part of that path. */
  | { kind: 'container'; type: FileType; entries: Entry[]; refused: RefusedEntry[]; partOf?: string }
  | { kind: 'message'; type: 'eml' }
  | { kind: 'message'; type: 'msg' | 'tnef'; mail: OutlookMail }
  /** `parts`: those of a divided archive that came with this one, itself among them, and those known to be missing. */
  | { kind: 'unreadable'; type: FileType; reason: UnreadableReason; detail: string; parts?: PartsThere };

/** Paths of files. None missing by number, and yet not whole: later parts are wanted, or one is damaged. */
export type PartsThere = { there: string[]; missing: string[] };

/**
 * A file to read. `passwords`: those its mail gives. `volumes`: the further parts of a divided archive, in order.
 * `sizeOnly`: of a picture, its colours would decide nothing; a whole JPEG is then not decoded, which costs more than all
 * else that is done with a scanned certificate.
 */
export type FileToRead = {
  name: string;
  bytes: Buffer;
  passwords?: readonly string[];
  volumes?: readonly Buffer[];
  sizeOnly?: boolean;
};

/** Reads one file of a stranger; never throws for what is in the file. */
export type ReadFile = (file: FileToRead) => Promise<Reading>;
