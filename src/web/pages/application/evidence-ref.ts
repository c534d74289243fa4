import type { Material, OpenQuestion } from '../../../application/material.ts';
import type { ApplicationRecord } from '../../../store/records.ts';
import { link } from '../../paging.ts';

/** A file of a mail of the ledger. */
export type EvidenceRef = { message: number; file: string };
/** One file of the application as evidence: which mail it lies in, what it counts as. */
export type Piece = EvidenceRef & {
  sha256: string | null;
  bytes: number | null;
  receivedAt: Date;
  /** Requirements it is evidence for, or might be. */
  requirements: string[];
  part: Material['part'] | null;
  /** Why it is not understood; null for what counts as material. */
  open: OpenQuestion['why'] | null;
  material: Material | null;
};

/** What the reviewer looks at: a file, a place in it, a page of it, turned; `isFull`: numbers of persons in full. */
export type Chosen = EvidenceRef & { place: string | null; page: number; rotate: 0 | 90 | 180 | 270; isFull: boolean };

const angles = [0, 90, 180, 270] as const;

/** What the address asks to see; else what most wants to be looked at: a finding's file, a file nobody understood, the form. */
export function chosenEvidence(
  query: Record<string, string>,
  record: ApplicationRecord,
  pieces: readonly Piece[],
): Chosen | null {
  const page = Math.min(999, Math.max(1, Number.parseInt(query.page_no ?? '1', 10) || 1));
  const rotate = angles.find((each) => String(each) === query.rotate) ?? 0;
  const isFull = query.full === '1';
  if (query.mail && /^\d{1,9}$/.test(query.mail) && query.file)
    return { message: Number(query.mail), file: query.file, place: query.at || null, page, rotate, isFull };
  const seen = record.findings.find(({ evidence }) => pieceNamed(pieces, evidence.file));
  const first =
    pieceNamed(pieces, seen?.evidence.file ?? null) ??
    pieces.find(({ open, sha256 }) => open !== null && sha256 !== null) ??
    pieces.find(({ material }) => material?.form) ??
    pieces.find(({ sha256 }) => sha256 !== null);
  if (!first) return null;
  const place = seen && first.file === seen.evidence.file ? seen.evidence.location : null;
  return { message: first.message, file: first.file, place, page, rotate, isFull };
}

/** The newest file of that path: a finding names the version that counts. */
export const pieceNamed = (pieces: readonly Piece[], file: string | null): Piece | null =>
  pieces.find((piece) => piece.file === file) ?? null;

/** The page of the application with this to be seen beside it. */
export function lookLink(
  number: string,
  keep: Record<string, string>,
  { message, file }: EvidenceRef,
  more: Partial<Record<'at' | 'page_no' | 'rotate' | 'full', string>> = {},
): string {
  const query = { ...keep, mail: String(message), file, ...more };
  return `${link(`/applications/${encodeURIComponent(number)}`, query)}#evidence`;
}
