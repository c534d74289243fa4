import type { Form } from '../forms/form.ts';
import type { OpenedFile } from '../message/open.ts';
import { type SeenFile, seen } from './seen-file.ts';

type Answer = { requirement: string; part: 'form' | 'certificates' | 'photo'; form: Form | null };

/** One opened file with what it was taken for. */
export type SortedFile = {
  file: SeenFile;
  /** What it answers; empty for what is aside or unsure. A workbook with three lists answers three. */
  answers: Answer[];
  /** Requirements it might be evidence for, when that is not sure; empty otherwise. */
  mightBe: string[];
  /** Those of them whose certificates its name fits equally well: `settle` may decide between them. */
  namedBoth: string[];
  /** The requirement its name claims although its content is another's. */
  namedAs: string | null;
  idCard: boolean;
  /** Why it was taken for that, in Chinese, for staff. */
  note: string;
};

const plain = { answers: [], mightBe: [], namedBoth: [], namedAs: null, idCard: false };

export const claimed = (file: OpenedFile, answers: Answer[], note: string): SortedFile => ({
  ...plain,
  file: seen(file),
  answers,
  note,
});

export const taken = (
  file: OpenedFile,
  requirement: string,
  part: 'certificates' | 'photo',
  note: string,
): SortedFile => claimed(file, [{ requirement, part, form: null }], note);

export const unsure = (file: OpenedFile, mightBe: string[], note: string): SortedFile => ({
  ...plain,
  file: seen(file),
  mightBe,
  note,
});

export const aside = (file: OpenedFile, note: string): SortedFile => ({ ...plain, file: seen(file), note });
