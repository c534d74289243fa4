import { officeIso } from '../../clock.ts';
import { alarmDuties, mailboxDuties } from '../duties/mailbox.ts';
import type { OfficeFacts } from '../facts.ts';
import { plain } from '../plain.ts';

/** How the machine is: what it last did, what waits, what troubles it. */
export type SystemState = {
  /** Nothing to worry about: mail is fetched, counts agree, nothing failed, room on the disk. */
  ok: boolean;
  lastPollAt: string | null;
  folders: string[];
  /** Mails kept and not yet taken in. */
  pending: number;
  failed: number;
  lettersStopped: boolean;
  outboxPausedUntil: string | null;
  diskFreeBytes: number | null;
  diskLow: boolean;
  alarms: string[];
};

/** Room for a few days of mails of 70 MB. */
const enoughBytes = 2 * 1024 ** 3;

export function systemOf(facts: OfficeFacts): SystemState {
  const { mailbox, messages, failed, disk, now, outboxPausedUntil } = facts;
  const alarms = alarmDuties(facts).map(({ text }) => text);
  const failures =
    failed.length + messages.filter((message) => message.fate === 'failed' && !hasJob(message.id, facts)).length;
  const diskLow = disk !== null && disk.freeBytes < enoughBytes;
  return {
    ok: mailboxDuties(facts).length === 0 && failures === 0 && !diskLow && facts.balance !== null,
    lastPollAt: mailbox.lastPollAt && officeIso(mailbox.lastPollAt),
    folders: mailbox.folders.map((folder) => plain(folder, 30)),
    pending: messages.filter(({ fate }) => fate === 'pending').length,
    failed: failures,
    lettersStopped: facts.lettersStopped,
    outboxPausedUntil: outboxPausedUntil && outboxPausedUntil > now ? officeIso(outboxPausedUntil) : null,
    diskFreeBytes: disk?.freeBytes ?? null,
    diskLow,
    alarms,
  };
}

const hasJob = (message: number, { failed }: OfficeFacts) =>
  failed.some(({ kind, row }) => kind === 'intake' && row === message);
