import type { Mailbox } from '../mailbox.ts';
import { readImapUrl } from './address.ts';
import { inbox } from './folders.ts';
import { openLine } from './line.ts';
import { pollFolders, type Stuck } from './poll.ts';
import { countFolders, sweepFolders } from './sweep.ts';
import type { Office } from './take.ts';
import { waitForNews } from './wait.ts';

/** News of INBOX is fetched without going round the other folders, unless that is this long ago. */
const roundMs = 60_000;

/**
 * A mailbox on an IMAP server. Nothing is connected before the first call that needs it.
 *
 * @throws Failure (usage) when the address cannot be read
 */
export function openImapMailbox(imapUrl: string, office: Office): Mailbox {
  const address = readImapUrl(imapUrl);
  const { account } = address;
  const line = openLine(address, office.log);
  const stuck: Stuck = new Map();
  let lastRound = Number.NEGATIVE_INFINITY;
  return {
    account,
    poll: () =>
      line.inTurn(async (session) => {
        const hadNews = line.forgetNews();
        const isBrief = hadNews && performance.now() - lastRound < roundMs;
        const round = session.hasIdle ? [...session.folders, inbox] : session.folders;
        const result = await pollFolders(session, isBrief ? [inbox] : round, account, office, stuck);
        if (!isBrief) lastRound = performance.now();
        return result;
      }),
    sweep: () => line.inTurn((session) => sweepFolders(session, account, office)),
    count: () => line.inTurn(countFolders),
    waitForNews: (maxMs, signal) => waitForNews(line, maxMs, signal),
    close: line.close,
  };
}
