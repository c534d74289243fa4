/** The same with its instants as texts. */
export type Written<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Written<T[K]> } : T;

/** What became of a letter in hand. `reason` is Chinese, for staff. */
export type Delivered =
  | { state: 'sent'; at: Date; answer: string }
  | { state: 'due'; nextTryAt: Date; reason: string; answer: string }
  | { state: 'failed'; at: Date; reason: string; answer: string };

/** As the journal holds it, and back. */
export const written = (result: Delivered): Written<Delivered> => JSON.parse(JSON.stringify(result));

export function revived(written: Written<Delivered>): Delivered {
  if (written.state === 'due') return { ...written, nextTryAt: new Date(written.nextTryAt) };
  return { ...written, at: new Date(written.at) };
}
