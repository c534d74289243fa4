import type { Seen } from './look.ts';

/** How the next few mails are taken, in the order of their UIDs, so that the cursor can follow step by step. */
export type Step =
  | { kind: 'pass_over' | 'batch'; mails: Seen[] }
  /** Alone, piece by piece. */
  | { kind: 'stream'; mails: [Seen] };

/** One FETCH holds its answers in memory until they are kept: this much of it, and no mail that would fill it alone. */
const batchBytes = 8 << 20;
const batchMails = 20;
const largeBytes = 4 << 20;

/** @param mails ascending; @param opens what arrived before is counted by its header, never fetched (design rule 7) */
export function plan(mails: Seen[], opens: Date): Step[] {
  const steps: Step[] = [];
  for (const mail of mails) {
    const kind = kindOf(mail, opens);
    const last = steps.at(-1);
    if (kind === 'stream') steps.push({ kind, mails: [mail] });
    else if (last?.kind === kind && hasRoom(last.mails, mail, kind)) last.mails.push(mail);
    else steps.push({ kind, mails: [mail] });
  }
  return steps;
}

function kindOf({ bytes, receivedAt }: Seen, opens: Date): Step['kind'] {
  if (receivedAt !== null && receivedAt < opens) return 'pass_over';
  return bytes > largeBytes ? 'stream' : 'batch';
}

function hasRoom(mails: Seen[], next: Seen, kind: 'pass_over' | 'batch'): boolean {
  if (kind === 'pass_over') return true;
  const bytes = mails.reduce((sum, mail) => sum + mail.bytes, next.bytes);
  return mails.length < batchMails && bytes <= batchBytes;
}
