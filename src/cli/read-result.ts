import type { Document } from '../documents/document.ts';

/** What `read --json` prints for one file; for several forms in one file, one object each with the same `file`. */
export type ReadResult = {
  file: string;
  type: string;
  form: string | null;
  blank: boolean;
  fields: { label: string; value: string; location: string }[];
  rows: { location: string; cells: Record<string, { value: string; location: string }> }[];
  unknown: { label: string; value: string; location: string }[];
  pictures: object[];
  page: Document['page'];
  reason: string | null;
};
