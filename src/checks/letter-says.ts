import { sayDay } from '../clock.ts';
import { type Check, finding } from './check.ts';

/** A question, or a word taken back, in a mail that brought materials: the letter that goes out answers neither. Staff do. */
export const letterSays: Check = ({ shares }, { notice }) => {
  const said = new Map(
    shares.flatMap(({ toRead, source }) => toRead.map((seen) => [seen, `${sayDay(source.receivedAt)}来信`] as const)),
  );
  return [...said].map(([seen, location]) => finding('letter_says', { seen, location }, notice));
};
