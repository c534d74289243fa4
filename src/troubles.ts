import type { Log } from './log.ts';

/** A trouble that lasts says so again this rarely, with how often it came meanwhile. */
const reminderMs = 3_600_000;
/** What comes again sooner after its end is the same trouble still: a line that breaks each minute fills no log. */
const restMs = 600_000;

/** What goes wrong at one work that is tried again and again. */
export type TroubleLog = {
  /** @param kind the same for the same trouble, also where the words differ @param details for the log; no secrets */
  met: (kind: string, details: object) => void;
  /** The work went well. */
  over: () => void;
  /** How long the trouble has lasted, milliseconds; 0 when there is none. */
  lastingMs: () => number;
};

/**
 * Writes the first of each kind of trouble as a warning, the same again only each hour, and the end of what was written;
 * all others at level debug. Time is of a clock that never jumps: one set back must not mean an hour's silence.
 *
 * @param words what the log calls a trouble, and its end
 */
export function openTroubleLog(
  log: Log,
  words: { met: string; over: string },
  now: () => number = () => performance.now(),
): TroubleLog {
  const told = new Map<string, { at: number; untold: number }>();
  let wellSince: number | null = null;
  let lasting: { since: number; times: number; isTold: boolean } | null = null;

  return {
    met: (kind, details) => {
      if (wellSince !== null && now() - wellSince >= restMs) told.clear();
      wellSince = null;
      lasting ??= { since: now(), times: 0, isTold: false };
      lasting.times += 1;
      const last = told.get(kind);
      if (last && now() - last.at < reminderMs) {
        last.untold += 1;
        log.debug(details, words.met);
        return;
      }
      log.warn({ ...details, ...(last?.untold ? { untold: last.untold } : {}) }, words.met);
      told.set(kind, { at: now(), untold: 0 });
      lasting.isTold = true;
    },
    over: () => {
      if (lasting === null) return;
      const { since, times, isTold } = lasting;
      log[isTold ? 'warn' : 'debug']({ times, seconds: Math.round((now() - since) / 1_000) }, words.over);
      lasting = null;
      wellSince = now();
    },
    lastingMs: () => (lasting === null ? 0 : now() - lasting.since),
  };
}

export const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** One kind for errors that differ in ports, sizes and numbers of a server's own. */
export function kindOf(error: unknown): string {
  const { code = '', trouble = code, message = error } = Object(error) as Record<string, unknown>;
  return String(trouble || message).replace(/\d+/g, 'n');
}
