import { type Check, finding } from './check.ts';

/** A question, or a word taken back, in a mail that brought materials: the letter that goes out answers neither. Staff do. */
export const letterSays: Check = ({ shares }, { notice }) => {
  const said = new Set(shares.flatMap(({ toRead }) => toRead));
  return [...said].map((seen) => finding('letter_says', { seen }, notice));
};
