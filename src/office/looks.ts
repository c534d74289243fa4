/**
 * Looks into the mailbox that are under way. A letter waits for them: over a slow line the mail of a night takes minutes,
 * and the last of it may bring what the letter asks for. It waits no longer than until a whole look has passed that began
 * after it fell due: on a last day of 20 MB mails one look follows another, and no letter would ever leave.
 */
export type Looks = {
  /**
   * @param at office time at which it begins
   * @returns call it when the look has ended; `isWhole`: the mailbox was seen to its end
   */
  begin: (at: Date) => (isWhole: boolean) => void;
  areUnderWay: () => boolean;
  /** How long the longest of them has lasted, milliseconds; 0 when there is none. */
  longestMs: () => number;
  /** Letters that fell due until this instant, office time, may leave. */
  mayLeaveUpTo: (now: Date) => Date;
};

export function openLooks(): Looks {
  const underWay = new Map<symbol, number>();
  let seenUpTo = new Date(0);
  return {
    begin: (at) => {
      const look = Symbol('look');
      underWay.set(look, performance.now());
      return (isWhole) => {
        if (underWay.delete(look) && isWhole) seenUpTo = at;
      };
    },
    areUnderWay: () => underWay.size > 0,
    longestMs: () => (underWay.size > 0 ? performance.now() - Math.min(...underWay.values()) : 0),
    mayLeaveUpTo: (now) => (underWay.size === 0 || seenUpTo > now ? now : seenUpTo),
  };
}
