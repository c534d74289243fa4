import type { DoneAct, ShareRef } from './acts.ts';

/** Where people put shares: beats what any joining would say, on every rerun. */
export type PlacesSaid = {
  /** The number a share was put into; null when nobody said. */
  of: (share: ShareRef) => string | null;
  /** The application that one stands for now: itself, or the one it was merged into. */
  standing: (number: string) => string;
};

/**
 * Reads all acts of the round on where shares belong, in order. A share whose moving was taken back stays where it came
 * from; one that came from nowhere is placed as if nobody had spoken.
 */
export function placesSaid(acts: readonly DoneAct[]): PlacesSaid {
  const places = new Map<ShareRef, string>();
  const merged = new Map<string, string>();
  const mails = new Map<string, string>();
  for (const { deed, found, undoneBy } of acts) {
    const isUndone = undoneBy !== null;
    if (deed.kind === 'bring') mails.set(deed.mail, deed.number);
    if (deed.kind === 'split' || deed.kind === 'place') put(places, [deed.share], isUndone ? found.from : found.to);
    if (deed.kind === 'merge') put(places, found.shares ?? [], isUndone ? deed.number : deed.into);
    if (deed.kind === 'merge' && !isUndone) merged.set(deed.number, deed.into);
  }
  const standing = (number: string): string => {
    const into = merged.get(number);
    return into === undefined ? number : standing(into); // no circle: only what stands for itself is merged or merged into
  };
  return { of: (share) => places.get(share) ?? mails.get(mailOf(share)) ?? null, standing };
}

function put(places: Map<ShareRef, string>, shares: readonly ShareRef[], number: string | undefined): void {
  for (const share of shares)
    if (number === undefined) places.delete(share);
    else places.set(share, number);
}

export const shareRef = (mail: string, position: number): ShareRef => `${mail}#${position}`;
export const mailOf = (share: ShareRef) => share.slice(0, share.lastIndexOf('#'));
