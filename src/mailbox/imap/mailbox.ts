import type { Mailbox, PollResult } from '../mailbox.ts';
import { readImapUrl } from './address.ts';
import { inbox } from './folders.ts';
import type { Office } from './keep.ts';
import { openLine, type Session } from './line.ts';
import { countLogins, type Memory } from './logins.ts';
import { type Polling, pollFolders, pollNews } from './poll.ts';
import { hasSentCopy, sentLetters } from './sent.ts';
import { countFolders, sweepFolders } from './sweep.ts';
import { waitForNews } from './wait.ts';

/** News of INBOX is fetched without going round the other folders, unless that is this long ago. */
const roundMs = 60_000;

/**
 * A mailbox on an IMAP server. Nothing is connected before the first call that needs it.
 *
 * @throws Failure (usage) when the address cannot be read
 */
export function openImapMailbox(imapUrl: string, office: Office, memory: Memory | null): Mailbox {
  const address = readImapUrl(imapUrl);
  const { account } = address;
  const line = openLine(address, office.log, countLogins(address, memory));
  const polling: Polling = { account, office, stuck: new Map() };
  let lastRound = Number.NEGATIVE_INFINITY;
  return {
    account,
    poll: () =>
      line.inTurn(async (session) => {
        if (line.forgetNews() && performance.now() - lastRound < roundMs) return pollNews(session, polling);
        lastRound = performance.now();
        return pollRound(session, polling);
      }),
    sweep: () => line.inTurn((session) => sweepFolders(session, account, office)),
    count: () => line.inTurn(countFolders),
    hasSentCopy: (messageId) => line.inTurn((session) => hasSentCopy(session, messageId)),
    sentLetters: () => line.inTurn(sentLetters),
    waitForNews: (maxMs, signal) => waitForNews(line, maxMs, signal),
    close: line.close,
  };
}

/** INBOX once more at the end: what came into it while another folder was open raised no event. */
async function pollRound(session: Session, polling: Polling): Promise<PollResult> {
  const round = await pollFolders(session, session.folders, polling);
  const { mailbox } = session.client;
  if (!session.hasIdle || (mailbox && mailbox.path === inbox)) return round;
  const { kept, passedOver } = await pollFolders(session, [inbox], polling);
  return { ...round, kept: [...round.kept, ...kept], passedOver: round.passedOver + passedOver };
}
