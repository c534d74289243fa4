/**
 * Every step of the office's work after which the world has changed. A test kills the process at each of them and
 * expects the next start to come to the same end as if nothing had happened (test/long/kill.test.ts).
 */
export const steps = [
  'poll: raw file written',
  'poll: raw file named',
  'poll: arrival journalled',
  'poll: in the ledger',
  'poll: before the cursor',
  'poll: cursor moved',
  'poll: before the queue',
  'intake: begun',
  'intake: understood',
  'intake: number journalled',
  'intake: placed',
  'intake: letter laid',
  'intake: journalled',
  'intake: recorded',
  'deliver: claimed',
  'deliver: journalled',
  'deliver: handed over',
  'deliver: answer journalled',
  'deliver: settled',
  'digest: journalled',
  'digest: laid',
  'digest: kept',
] as const;
export type Step = (typeof steps)[number];

/** `intake: recorded`, or `intake: recorded#2` for the second time it is reached. Only tests set it. */
const [fatal, time = '1'] = process.env.SHOULI_DIE_AT?.split('#') ?? [];
let timesLeft = Number(time);

/** Names where the work stands. Nothing happens here unless a test wants the process dead at this very step. */
export const step: (reached: Step) => void = fatal === undefined ? () => {} : dieAt;

function dieAt(reached: Step): void {
  if (reached !== fatal) return;
  timesLeft -= 1;
  if (timesLeft === 0) process.kill(process.pid, 'SIGKILL'); // does not return
}
