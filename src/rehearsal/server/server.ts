import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { type Connection, converse } from './connection.ts';
import { changeUidValidity, makeMailboxes, moveMail, store } from './mailboxes.ts';
import { type Script, wellBehaved } from './script.ts';
import type { Account } from './session.ts';

/** A command as it was heard; `text` is what followed its name, without the code of a LOGIN. */
export type HeardCommand = { connection: number; name: string; text: string };

/** A mail for the server; `folder` (default INBOX) as a person reads it. */
export type Delivery = { raw: Buffer; receivedAt: Date; folder?: string };

export type NeteaseServer = {
  /** `imap://user:code@127.0.0.1:port`, both percent-encoded. */
  url: string;
  /** @returns the mail's uid */
  deliver: (mail: Delivery) => number;
  /** What goes wrong; may be changed at any moment. */
  script: Script;
  /** @returns the uid in the new folder */
  moveMail: (uid: number, toFolder: string) => number;
  /** Gives a folder (default INBOX) a new UIDVALIDITY and its mails new uids; who has it open learns it at the next SELECT. */
  changeUidValidity: (folder?: string) => void;
  /** Ends every open connection at once, as a router does. */
  hangUp: () => void;
  /** The newest 10,000 commands. */
  log: HeardCommand[];
  /** How often a client asked for a change (STORE, COPY, EXPUNGE, APPEND …) or read a mail so that it counts as seen. */
  changesAsked: () => number;
  /** How many clients are connected now. */
  openConnections: () => number;
  close: () => Promise<void>;
};

const loggedCommands = 10_000;

/**
 * Starts an IMAP server that behaves as NetEase's (126, 163) does, on the loopback at a free port, with empty folders.
 * It plays the office's mailbox in the rehearsal and in tests.
 *
 * @param options `user` and `code` of its one account; `script`: what is wrong from the start
 * @throws when the loopback cannot be listened on
 */
export async function startNeteaseServer(
  options: { user?: string; code?: string; script?: Partial<Script> } = {},
): Promise<NeteaseServer> {
  const { user = 'office@rehearsal.invalid', code = 'REHEARSALCODE' } = options;
  const script = { ...wellBehaved, ...options.script };
  const account: Account = { user, code, boxes: makeMailboxes(), script, changesAsked: 0, connectionsMet: 0 };
  const connections = new Set<Connection>();
  const log: HeardCommand[] = [];
  const server = createServer((socket) => welcome(socket, account, connections, log));
  const port = await listen(server);
  return {
    url: `imap://${encodeURIComponent(user)}:${encodeURIComponent(code)}@127.0.0.1:${port}`,
    script,
    log,
    ...desk(account, connections),
    changesAsked: () => account.changesAsked,
    openConnections: () => connections.size,
    close: () => closed(server, connections),
  };
}

/** What happens to the account from outside; whoever idles hears of it. */
function desk({ boxes }: Account, connections: Set<Connection>) {
  const told = <T>(result: T): T => {
    for (const one of connections) one.changed();
    return result;
  };
  return {
    deliver: ({ raw, receivedAt, folder = 'INBOX' }: Delivery) => told(store(boxes, folder, raw, receivedAt)),
    moveMail: (uid: number, toFolder: string) => told(moveMail(boxes, uid, toFolder)),
    changeUidValidity: (folder = 'INBOX') => changeUidValidity(boxes, folder),
    hangUp: () => hangUp(connections),
  };
}

function welcome(socket: Socket, account: Account, connections: Set<Connection>, log: HeardCommand[]): void {
  account.connectionsMet += 1;
  const number = account.connectionsMet;
  const connection = converse(socket, account, ({ name, text }) => {
    log.push({ connection: number, name, text: name === 'LOGIN' ? '' : text });
    if (log.length > loggedCommands) log.shift();
  });
  connections.add(connection);
  socket.on('close', () => connections.delete(connection));
}

function hangUp(connections: Set<Connection>): void {
  for (const one of connections) one.hangUp();
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

async function closed(server: Server, connections: Set<Connection>): Promise<void> {
  const end = new Promise<void>((resolve) => server.close(() => resolve()));
  hangUp(connections);
  await end;
}
