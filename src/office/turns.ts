/** Where a mail stands in the order of arrival. */
type Arrival = { receivedAt: Date; id: number };

export type Turn = {
  /** Resolves when every mail that arrived earlier and is under way has been recorded, or has failed. */
  mine: () => Promise<void>;
  leave: () => void;
};
export type Turns = { enter: (arrival: Arrival) => Turn };

/**
 * Mails are read side by side but recorded in the order of arrival: whether a second mail joins an application depends
 * on the first one being there. Only mails under way are waited for, so that nobody waits for one that waits for him.
 */
export function openTurns(): Turns {
  const underWay = new Map<Arrival, Promise<void>>();
  return {
    enter(arrival) {
      let leave = () => {};
      const left = new Promise<void>((resolve) => {
        leave = resolve;
      });
      underWay.set(arrival, left);
      return {
        mine: async () => {
          await Promise.all([...underWay].filter(([other]) => isEarlier(other, arrival)).map(([, done]) => done));
        },
        leave: () => {
          underWay.delete(arrival);
          leave();
        },
      };
    },
  };
}

function isEarlier(a: Arrival, b: Arrival): boolean {
  const [at, bt] = [a.receivedAt.getTime(), b.receivedAt.getTime()];
  return at < bt || (at === bt && a.id < b.id);
}
