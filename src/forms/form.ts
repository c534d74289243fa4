import type { Cell, EmbeddedPicture } from '../documents/document.ts';
import type { FormDefinition } from '../notice/form-schema.ts';

/** A value with the place where a person finds it. */
export type Value = { text: string; value: Cell['value']; date: string | null; location: string };

/** One field of the definition that the sender's copy has. `blank`: only what was printed there. */
export type FieldValue = Value & { key: string; label: string; blank: boolean };

/** One filled row of a list, at `表2第3行`. `ordinal` counts the filled rows from 1, as the letter names them. */
export type Row = { ordinal: number; location: string; cells: Record<string, Value> };

/** A table of the definition as found: which columns this copy has, what is filled in. */
export type Table = { key: string; columns: string[]; rows: Row[]; declaredNone: boolean };

/** One filled (or blank) form found in a document. */
export type Form = {
  definition: FormDefinition;
  /** The heading this copy bears, when it has one. */
  title: { text: string; location: string } | null;
  /** Short lines that may be headings, with the title among them: another honour or year shows here. */
  headings: { text: string; location: string }[];
  fields: FieldValue[];
  tables: Table[];
  /** Labels of the sender's copy that the definition does not know, kept and shown. */
  unknown: { label: string; value: string; location: string }[];
  /** The place for the photo, if this copy has one, and the picture that is there. */
  photo: { label: string; location: string; picture: EmbeddedPicture | null } | null;
  page: { widthMm: number; heightMm: number } | null;
  /** Nothing in it but what was printed. */
  blank: boolean;
  /** Enough was read to speak of it; false for a list whose table could not be told, or text with next to no values. */
  understood: boolean;
  /** Cells could be told apart. False for text without cells (PDF, some .doc): an empty field proves nothing there. */
  exact: boolean;
};

export const fieldOf = (form: Form, key: string): FieldValue | null =>
  form.fields.find((field) => field.key === key) ?? null;

/** The text of a field, or null when this copy lacks it or leaves it empty. */
export function textOf(form: Form, key: string): string | null {
  const field = fieldOf(form, key);
  return field && !field.blank ? field.text : null;
}

/** The rows of a list form: those of its first table. */
export const rowsOf = (form: Form): Row[] => form.tables[0]?.rows ?? [];
