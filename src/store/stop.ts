import { machineNow } from '../clock.ts';
import type { Db } from './database.ts';
import type { Journal } from './journal.ts';
import { clearAlarm, forget, recall, recallAll, remember } from './office-state.ts';

const stopped = 'letters_stopped';
const paused = 'outbox_paused_until';

/** No letter leaves until somebody resumes. @param reason Chinese, for staff */
export async function stopLetters(db: Db, journal: Journal, reason: string, by: string): Promise<void> {
  await journal.write({ event: 'stopped', reason, by });
  await putStop(db, reason);
}

/** No letter leaves before `until` (machine time): the provider wants it so. */
export async function pauseLetters(db: Db, journal: Journal, until: Date): Promise<void> {
  await journal.write({ event: 'paused', until: until.toISOString() });
  await putPause(db, until);
}

/** Letters leave again when they are due. */
export async function resumeLetters(db: Db, journal: Journal, by: string): Promise<void> {
  await journal.write({ event: 'resumed', by });
  await liftStop(db);
  await clearAlarm(db, 'post');
}

export const putStop = (db: Db, reason: string) => remember(db, stopped, reason);
export const putPause = (db: Db, until: Date) => remember(db, paused, until.toISOString());

export async function liftStop(db: Db): Promise<void> {
  for (const name of [stopped, paused]) await forget(db, name);
}

/** Why no letter leaves, in Chinese; null when they do. */
export const stoppedFor = (db: Db) => recall(db, stopped);
export const isStopped = async (db: Db) => (await stoppedFor(db)) !== null;

/** Machine time until which the provider wants no letter; null when there is no pause. */
export const pausedUntil = async (db: Db) => (await outboxState(db)).pausedUntil;

/** Both at once: asked twice for every letter. */
export async function outboxState(db: Db): Promise<{ isStopped: boolean; pausedUntil: Date | null }> {
  const state = await recallAll(db, [stopped, paused]);
  const pause = state.get(paused);
  // a pause that began in the future did so before the clock was set back: it would last longer by as much
  const isOfNow = pause !== undefined && pause.at <= machineNow();
  return { isStopped: state.has(stopped), pausedUntil: isOfNow ? new Date(pause.value) : null };
}
