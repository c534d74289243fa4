import { type Folder, folderNamed } from '../mailboxes.ts';
import { type Request, textOf } from '../request.ts';
import { type Command, news, type Session, visible } from '../session.ts';
import { fromImapName, toImapName } from '../utf7.ts';

/** LIST, XLIST and LSUB give the same folders; flags of use stand in all of them. */
export const list: Command = ({ account }, { name, words }) => {
  const pattern = textOf(words[0]) + textOf(words[1]);
  const lines =
    pattern === ''
      ? [`* ${name} (\\Noselect) "/" ""\r\n`]
      : account.boxes.folders.filter((one) => matches(one, pattern)).map((one) => listed(one, name));
  return { untagged: lines, end: `OK ${name} completed` };
};

const listed = (folder: Folder, name: string) => {
  const inbox = name === 'XLIST' && folder.name === 'INBOX' ? ['\\Inbox'] : [];
  const flags = [...inbox, ...(folder.use ? [folder.use] : []), '\\HasNoChildren'].join(' ');
  return `* ${name} (${flags}) "/" "${toImapName(folder.name)}"\r\n`;
};

/** `*` and `%` stand for anything: there are no folders inside folders here. */
function matches(folder: Folder, pattern: string): boolean {
  const exact = fromImapName(pattern)
    .split(/[*%]/)
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${exact.join('.*')}$`, 'i').test(folder.name);
}

/**
 * Answers only what transcripts show it to answer: asked for UIDNEXT, NetEase sends an empty list (chatmail/core#5043).
 */
export const status: Command = ({ account }, { words: [name, items] }) => {
  const folder = folderNamed(account.boxes, fromImapName(textOf(name)));
  if (!folder) return { end: 'NO STATUS Folder not exist' };
  const mails = visible(folder, account.script);
  const known: Record<string, number> = {
    MESSAGES: mails.length,
    RECENT: 0,
    UNSEEN: mails.filter((one) => !one.seen).length,
  };
  const asked = (Array.isArray(items) ? items : []).map((item) => textOf(item).toUpperCase());
  const told = asked.filter((item) => item in known).map((item) => `${item} ${known[item]}`);
  return { untagged: [`* STATUS "${toImapName(folder.name)}" (${told.join(' ')})\r\n`], end: 'OK STATUS completed' };
};

const flags = '(\\Answered \\Seen \\Deleted \\Draft \\Flagged)';

/** SELECT and EXAMINE: no UIDNEXT, no `\*`, and nothing at all to a client that has not said who it is. */
export const select: Command = (session, { name, words }) => {
  const { script, boxes } = session.account;
  session.open = null;
  if (script.alwaysUnsafe || !session.identified)
    return { end: `NO ${name} Unsafe Login. Please contact kefu@188.com for help` };
  const folder = folderNamed(boxes, fromImapName(textOf(words[0])));
  if (!folder) return { end: `NO ${name} Folder not exist` };
  const readOnly = name === 'EXAMINE';
  const uids = visible(folder, script).map((one) => one.uid);
  session.open = { folder, readOnly, uids };
  return {
    untagged: [
      `* ${uids.length} EXISTS\r\n`,
      '* 0 RECENT\r\n',
      `* OK [UIDVALIDITY ${folder.uidValidity}] UIDs valid\r\n`,
      `* FLAGS ${flags}\r\n`,
      `* OK [PERMANENTFLAGS ${readOnly ? '()' : flags}] Limited\r\n`,
    ],
    end: `OK [READ-${readOnly ? 'ONLY' : 'WRITE'}] ${name} completed`,
  };
};

/** NOOP and CHECK: what came and went. */
export const noop: Command = (session: Session, { name }: Request) => ({
  untagged: news(session),
  end: `OK ${name} completed`,
});

/** CLOSE would also expunge, but nothing here was ever marked as deleted. */
export const close: Command = (session) => {
  session.open = null;
  return { end: 'OK CLOSE completed' };
};
