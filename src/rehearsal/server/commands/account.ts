import { type Request, textOf } from '../request.ts';
import type { Command } from '../session.ts';

/**
 * What NetEase said in 2026, but for STARTTLS, which a server on the loopback has no certificate for. IDLE, MOVE,
 * CONDSTORE, ESEARCH, NAMESPACE and UNSELECT are not there.
 */
const capabilities =
  'IMAP4rev1 XLIST SPECIAL-USE ID LITERAL+ XAPPLEPUSHSERVICE UIDPLUS X-CM-EXT-1 SASL-IR AUTH=XOAUTH2 APPENDLIMIT=71680000';

export const capability: Command = ({ account: { script } }) => ({
  untagged: [`* CAPABILITY ${capabilities}${script.withIdle ? ' IDLE' : ''}\r\n`],
  end: 'OK CAPABILITY completed',
});

/** RFC 2971. NetEase opens no folder before it knows the client (pimalaya/himalaya#651); NIL tells it nothing. */
export const id: Command = (session, { text, words: [told] }) => {
  if (/^\(\s/.test(text)) return { end: 'BAD Parse command error' };
  const counts = session.loggedIn || session.account.script.idCountsBeforeLogin;
  if (counts && Array.isArray(told) && told.length > 0) session.identified = true;
  return {
    untagged: ['* ID ("name" "Coremail Imap" "vendor" "Mailtech" "TransID" "AQAAfwD3rehearsal")\r\n'],
    end: 'OK ID completed',
  };
};

export const login: Command = (session, { words: [user, code] }) => {
  const { account } = session;
  // no transcript of a switched-off IMAP service is known: the words are those of NetEase's SMTP for the same case
  if (account.script.imapOff) return { end: 'NO LOGIN User has no permission' };
  const right = user === account.user && code === account.code;
  if (!right || account.script.refuseLogin) return { end: 'NO LOGIN Login error or password error' };
  session.loggedIn = true;
  return { end: 'OK LOGIN completed' };
};

/** Only XOAUTH2 is announced; PLAIN with its answer on the line fails as it does at imap.126.com (himalaya#729). */
export const authenticate: Command = (_, { words }: Request) =>
  textOf(words[0]).toUpperCase() === 'PLAIN' && words.length > 1
    ? { end: 'BAD Request not ending with \\r\\n' }
    : { end: 'NO AUTHENTICATE mechanism not supported' };

export const logout: Command = () => ({
  untagged: ['* BYE IMAP4rev1 Server logging out\r\n'],
  end: 'OK LOGOUT completed',
  hangUp: true,
});

/** A command that would change the mailbox. Shouli must never send one, so it is counted for the tests to see. */
export const refuse: Command = ({ account }, { name }) => {
  account.changesAsked += 1;
  return { end: `NO ${name} refused: this mailbox is read-only` };
};
