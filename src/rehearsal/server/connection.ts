import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { commandFor } from './commands/table.ts';
import { commandsOf } from './lines.ts';
import { type Request, readRequest } from './request.ts';
import { type Account, news, type Reply, type Session } from './session.ts';

/** What the account and its other connections need of one. */
export type Connection = {
  /** Something changed in the folders: told at once to a client that idles. */
  changed: () => void;
  hangUp: () => void;
};

/**
 * Speaks IMAP with one client until it leaves.
 *
 * @param heard is told every command before it is answered
 */
export function converse(socket: Socket, account: Account, heard: (request: Request) => void): Connection {
  const session: Session = { account, loggedIn: false, identified: false, open: null };
  const idling = { tag: '' };
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy()); // the client's end is gone: its business, not ours
  socket.write('* OK Coremail System IMap Server Ready(163com[rehearsal])\r\n');
  void talk(socket, session, idling, heard)
    .catch(orClientLeft)
    .finally(() => socket.destroy());
  return {
    changed: () => void (idling.tag && socket.write(news(session).join(''))),
    hangUp: () => socket.destroy(),
  };
}

/** A socket's own errors (reset, closed early) carry a code: the client left. Anything else is a fault here, and loud. */
function orClientLeft(error: unknown): void {
  if (typeof error !== 'object' || error === null || !('code' in error)) throw error;
}

async function talk(
  socket: Socket,
  session: Session,
  idling: { tag: string },
  heard: (request: Request) => void,
): Promise<void> {
  for await (const line of commandsOf(socket, () => socket.write('+ ready for more\r\n'))) {
    if (idling.tag) {
      socket.write(`${idling.tag} OK IDLE completed\r\n`);
      idling.tag = '';
      continue;
    }
    const request = readRequest(line);
    if (request) heard(request);
    const delayMs = session.account.script.delays[request?.name ?? ''];
    if (delayMs) await wait(delayMs, undefined, { ref: false });
    if (request?.name === 'IDLE' && session.account.script.withIdle && session.open)
      startIdle(socket, session, idling, request);
    else await answer(socket, session, request);
  }
}

function startIdle(socket: Socket, session: Session, idling: { tag: string }, { tag }: Request): void {
  idling.tag = tag;
  socket.write(`+ idling\r\n${news(session).join('')}`);
}

async function answer(socket: Socket, session: Session, request: Request | null): Promise<void> {
  const reply = request ? replyTo(session, request) : { end: 'BAD Parse command error' };
  for (const piece of reply.untagged ?? []) {
    if (typeof piece !== 'string' && dropped(socket, session, piece)) return;
    await send(socket, piece);
  }
  await send(socket, `${request?.tag ?? '*'} ${reply.end}\r\n`);
  if (reply.hangUp) socket.end();
}

function replyTo(session: Session, request: Request): Reply {
  const command = commandFor(request.name, session.loggedIn);
  return command ? command(session, request) : { end: `BAD ${request.name} command not support` };
}

/** A literal's bytes go out as they are, everything else is Latin-1. */
async function send(socket: Socket, piece: string | Buffer): Promise<void> {
  if (socket.destroyed) return;
  const room = typeof piece === 'string' ? socket.write(piece, 'latin1') : socket.write(piece);
  if (!room) await roomAgain(socket);
}

/** Until the client has read enough, or has gone. Both listeners go: a long mail waits here hundreds of times. */
function roomAgain(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}

/** The trouble of long downloads through NetEase: part of the mail, then silence. */
function dropped(socket: Socket, { account: { script } }: Session, literal: Buffer): boolean {
  const { dropAfterBytes } = script;
  if (dropAfterBytes === null || literal.length <= dropAfterBytes) return false;
  script.dropAfterBytes = null;
  socket.write(literal.subarray(0, dropAfterBytes), () => socket.destroy());
  return true;
}
