/**
 * Looks into the mailbox that are under way. No letter leaves before they end: over a slow line the mail of a night
 * takes minutes, and the last of it may bring what the letter asks for.
 */
export type Looks = {
  /** @returns call it when the look has ended, however it ended */
  begin: () => () => void;
  areUnderWay: () => boolean;
};

export function openLooks(): Looks {
  const underWay = new Set<symbol>();
  return {
    begin: () => {
      const look = Symbol('look');
      underWay.add(look);
      return () => void underWay.delete(look);
    },
    areUnderWay: () => underWay.size > 0,
  };
}
