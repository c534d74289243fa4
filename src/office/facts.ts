import type { OfficeFacts } from '../reports/facts.ts';
import { listApplications } from '../store/application-list.ts';
import { mapDecisions } from '../store/decisions.ts';
import { listFailed } from '../store/failed-jobs.ts';
import { listLetters } from '../store/letter-list.ts';
import { listMessages, listProposals } from '../store/message-list.ts';
import { alarmsSince, recall } from '../store/office-state.ts';
import { isStopped, pausedUntil } from '../store/stop.ts';
import { lastBalance } from './balance.ts';
import type { Books } from './books.ts';
import { freeBytes } from './disk.ts';

const dayMs = 24 * 3_600_000;

/** Everything that reports are made of, as the books stand now. */
export async function officeFacts(books: Books): Promise<OfficeFacts> {
  const { db, notice, clock, settings, rehearsal } = books;
  const now = clock.now();
  const lastPoll = await recall(db, 'last_poll');
  const balance = await lastBalance(books);
  return {
    notice,
    now,
    digestAt: settings.digestAt,
    applications: (await listApplications(db)).filter(({ isGone }) => !isGone),
    messages: await listMessages(db),
    letters: await listLetters(db),
    decisions: await mapDecisions(db),
    alarms: await alarmsSince(db, new Date(now.getTime() - dayMs)),
    failed: await listFailed(db),
    balance,
    mailbox: {
      lastPollAt: lastPoll === null ? null : new Date(lastPoll),
      folders: balance?.folders.map(({ folder }) => folder) ?? [],
    },
    lettersStopped: await isStopped(db),
    outboxPausedUntil: await pausedUntil(db),
    disk: { freeBytes: await freeBytes(settings.dataDir) },
    proposals: await listProposals(db),
    rehearsal,
  };
}
