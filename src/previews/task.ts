import type { FileType } from '../documents/document.ts';
import type { Failure } from '../errors.ts';
import type { EvidenceFile, MailPlace, PictureWanted, Preview, Refusal } from './preview.ts';

/**
 * What a child process is asked: the file by its place on disk, and what to make of it. `converted`: the .docx that was
 * read in place of a file beyond our own readers; findings point into it.
 */
export type Task =
  | { what: 'page'; file: EvidenceFile; converted: string | null; places: readonly string[] }
  | { what: 'picture'; file: EvidenceFile; converted: string | null; wanted: PictureWanted }
  | { what: 'original'; at: MailPlace };

/** What a child answers; bytes arrive as plain `Uint8Array`. Null: the mail has no such attachment. */
export type Answer =
  | Preview
  | { kind: 'jpeg'; bytes: Uint8Array }
  | { kind: 'original'; type: FileType; bytes: Uint8Array }
  /** The file is not where it was said to be; that says nothing about a file of this hash elsewhere. */
  | { absent: Refusal }
  | { failed: { kind: Failure['kind']; forPerson: string; reason: string } }
  | null;
