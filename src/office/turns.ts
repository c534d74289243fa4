/** A place in the row: `come` resolves when all who entered before have left. */
export type Turn = { come: Promise<void>; leave: () => void };

/**
 * Lets work that is done side by side end in the order in which it began: mails are read two at a time, but recorded as
 * they arrived. A short mail that overtook the long one before it would find no application to join.
 *
 * @returns enters the row
 */
export function openTurns(): () => Turn {
  let last = Promise.resolve();
  return () => {
    const come = last;
    let leave = () => {};
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    last = come.then(() => left);
    return { come, leave };
  };
}
