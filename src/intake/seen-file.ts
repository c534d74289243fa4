import type { FileType, Reading, UnreadableReason } from '../documents/document.ts';
import type { OpenedFile } from '../message/open.ts';
import type { PictureFacts } from '../pictures/picture.ts';

/** What the rest of the road needs of an opened file: all but its bytes, which would hold a round's mails in memory. */
export type SeenFile = {
  path: string;
  bytes: number;
  sha256: string | null;
  type: FileType;
  unreadable: UnreadableReason | null;
  picture: PictureFacts | null;
  /** How many certificates it can hold: a picture one, a PDF its pages, a Word file its pictures. */
  pieces: number;
};

export function seen({ path, bytes, sha256, reading }: OpenedFile): SeenFile {
  return {
    path,
    bytes: bytes.length,
    sha256,
    type: reading.type,
    unreadable: reading.kind === 'unreadable' ? reading.reason : null,
    picture: reading.kind === 'picture' ? reading.picture : null,
    pieces: piecesOf(reading),
  };
}

function piecesOf(reading: Reading): number {
  return reading.kind === 'document' ? Math.max(1, reading.document.pages ?? reading.document.pictures.length) : 1;
}
