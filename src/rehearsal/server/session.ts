import type { Folder, Mailboxes, StoredMail } from './mailboxes.ts';
import type { Request } from './request.ts';
import type { Script } from './script.ts';

/** The account behind all connections. `changesAsked` counts what a client that only reads must never do. */
export type Account = {
  user: string;
  code: string;
  boxes: Mailboxes;
  script: Script;
  changesAsked: number;
  connectionsMet: number;
};

/**
 * The folder a connection has open. `uids` is what the client was told is there: sequence numbers count in it, and it
 * follows the folder only where the server says so (SELECT, NOOP, IDLE).
 */
export type Open = { folder: Folder; readOnly: boolean; uids: number[] };

/** One connection's state. */
export type Session = { account: Account; loggedIn: boolean; identified: boolean; open: Open | null };

/** Untagged lines with their CRLF (a Buffer is a literal's bytes), then the tagged end without the tag. */
export type Reply = { untagged?: Iterable<string | Buffer>; end: string; hangUp?: boolean };

export type Command = (session: Session, request: Request) => Reply;

/** What the account shows of a folder, by rising uid. */
export const visible = ({ mails }: Folder, { hideBefore }: Script): StoredMail[] =>
  hideBefore === null ? mails : mails.filter((one) => one.receivedAt >= hideBefore);

/** Tells the client what came and went in its folder since it was last told. @returns untagged lines */
export function news({ open, account }: Session): string[] {
  if (!open) return [];
  const now = visible(open.folder, account.script).map((one) => one.uid);
  const there = new Set(now);
  const gone = open.uids.flatMap((uid, index) => (there.has(uid) ? [] : [index + 1])).reverse();
  const before = open.uids.length - gone.length;
  open.uids = now;
  return [
    ...gone.map((number) => `* ${number} EXPUNGE\r\n`),
    ...(now.length === before ? [] : [`* ${now.length} EXISTS\r\n`]),
  ];
}
