/** So many wrong passwords, and then a pause: for one name, and for one address over all names. */
const limits = { name: 5, address: 30 };
const pauseMs = 15 * 60_000;
/** Names are a stranger's to choose: beyond this many the oldest are forgotten. */
const mostKept = 10_000;

export type Throttle = {
  /** Minutes that this name or address has to wait; 0: may try. */
  minutesToWait: (name: string, address: string) => number;
  failed: (name: string, address: string) => void;
  succeeded: (name: string) => void;
};

/** @param now milliseconds of a clock that never jumps */
export function openThrottle(now: () => number): Throttle {
  const failures = new Map<string, number[]>();
  const recent = (key: string) => (failures.get(key) ?? []).filter((at) => at > now() - pauseMs);
  const wait = (key: string, limit: number) => {
    const at = recent(key);
    const first = at[at.length - limit];
    return first === undefined ? 0 : Math.ceil((first + pauseMs - now()) / 60_000);
  };
  const note = (key: string) => {
    const at = [...recent(key), now()];
    failures.delete(key);
    failures.set(key, at);
    const [oldest] = failures.keys();
    if (failures.size > mostKept && oldest !== undefined) failures.delete(oldest);
  };
  return {
    minutesToWait: (name, address) =>
      Math.max(wait(`name ${name}`, limits.name), wait(`at ${address}`, limits.address)),
    failed: (name, address) => {
      note(`name ${name}`);
      note(`at ${address}`);
    },
    succeeded: (name) => void failures.delete(`name ${name}`),
  };
}
