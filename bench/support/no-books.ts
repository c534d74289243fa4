import type { Arrival, Ledger } from '../../src/mailbox/ledger.ts';

/** A ledger that keeps nothing but its place in each folder: INBOX is looked at twice in a round. */
export function noBooks(onKept: (arrival: Arrival) => void): Ledger {
  const cursors = new Map<string, { uidValidity: string; lastUid: number }>();
  let kept = 0;
  return {
    cursor: async (_, folder) => cursors.get(folder) ?? null,
    keep: async (arrivals) =>
      arrivals.map((arrival) => {
        onKept(arrival);
        kept += 1;
        return { message: kept, isNew: true };
      }),
    passOver: async () => {},
    advance: async (_, folder, uidValidity, lastUid) => void cursors.set(folder, { uidValidity, lastUid }),
    knownUids: async () => new Set(),
  };
}
