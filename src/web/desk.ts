import type { Books } from '../office/books.ts';
import type { Previews } from '../previews/preview.ts';
import type { Throttle } from './access/throttle.ts';
import type { Live } from './live.ts';
import type { Standing } from './standing.ts';

/** What the pages are made from. */
export type Desk = {
  books: Books;
  previews: Previews;
  live: Live;
  standing: Standing;
  throttle: Throttle;
  /** Something may be due now: a letter was released, a mail is to be read again. The workers need not wait for the sweep. */
  nudge: () => void;
};
