import type { Mailbox } from '../mailbox.ts';
import { readImapUrl } from './address.ts';
import { inbox } from './folders.ts';
import type { Office } from './keep.ts';
import { openLine } from './line.ts';
import { pollFolders, type Stuck } from './poll.ts';
import { countFolders, sweepFolders } from './sweep.ts';
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
  const stuck: Stuck = new Set();
  let lastRound = Number.NEGATIVE_INFINITY;
  return {
    account,
    poll: () =>
      line.inTurn(async (session) => {
        const hadNews = line.forgetNews();
        const isBrief = hadNews && performance.now() - lastRound < roundMs;
        if (isBrief) return pollFolders(session, [inbox], account, office, stuck);
        lastRound = performance.now();
        const round = await pollFolders(session, session.folders, account, office, stuck);
        if (!session.hasIdle || session.folders.length === 1) return round;
        // What came into INBOX meanwhile raised no event: another folder was open.
        const since = await pollFolders(session, [inbox], account, office, stuck);
        return { ...round, kept: [...round.kept, ...since.kept], passedOver: round.passedOver + since.passedOver };
      }),
    sweep: () => line.inTurn((session) => sweepFolders(session, account, office)),
    count: () => line.inTurn(countFolders),
    waitForNews: (maxMs, signal) => waitForNews(line, maxMs, signal),
    close: line.close,
  };
}
