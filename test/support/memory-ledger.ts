import type { Arrival, Ledger, PassedOver, Place } from '../../src/mailbox/ledger.ts';

/** The ledger in memory: what `store` does in the database, for tests of the mailbox alone. */
export type MemoryLedger = Ledger & {
  /** One entry a mail, by identity, with every place it was met. */
  mails: Map<string, { message: number; arrival: Arrival; places: Place[] }>;
  passed: PassedOver[];
  cursors: Map<string, { uidValidity: string; lastUid: number }>;
};

export function memoryLedger(): MemoryLedger {
  const mails: MemoryLedger['mails'] = new Map();
  const passed: MemoryLedger['passed'] = [];
  const cursors: MemoryLedger['cursors'] = new Map();
  const met = new Map<string, Place>();
  const placeKey = (place: Place) => [place.account, place.folder, place.uidValidity, place.uid].join('|');
  return {
    mails,
    passed,
    cursors,
    cursor: async (account, folder) => cursors.get(`${account}|${folder}`) ?? null,
    keep: async (arrivals) =>
      arrivals.map((arrival) => {
        const known = mails.get(arrival.raw.identity);
        const mail = known ?? { message: mails.size + 1, arrival, places: [] };
        mails.set(arrival.raw.identity, mail);
        if (!met.has(placeKey(arrival.place))) mail.places.push(arrival.place);
        met.set(placeKey(arrival.place), arrival.place);
        return { message: mail.message, isNew: known === undefined };
      }),
    passOver: async (mails) => {
      for (const mail of mails) {
        if (!met.has(placeKey(mail.place))) passed.push(mail);
        met.set(placeKey(mail.place), mail.place);
      }
    },
    advance: async (account, folder, uidValidity, lastUid) => {
      cursors.set(`${account}|${folder}`, { uidValidity, lastUid });
    },
    knownUids: async (account, folder, uidValidity) =>
      new Set(
        [...met.values()]
          .filter((each) => each.account === account && each.folder === folder && each.uidValidity === uidValidity)
          .map(({ uid }) => uid),
      ),
  };
}
