import { Readable } from 'node:stream';
import type { NodemailerError } from 'nodemailer/lib/errors';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Outcome, Stage } from './answer.ts';
import type { SmtpServer } from './server.ts';

export type Envelope = { from: string; to: string };

/** How long each step may take, wall time: nodemailer's own timer never fires on a server that trickles. */
export type Timeouts = {
  /** From the name's look-up to the greeting. */
  connectMs: number;
  /** EHLO; login; MAIL, RCPT and DATA together. */
  replyMs: number;
  /** After the letter's last dot. RFC 5321 §4.5.3.2.6 wants ten minutes: giving up early makes duplicates. */
  acceptMs: number;
};

export const usualTimeouts: Timeouts = { connectMs: 30_000, replyMs: 60_000, acceptMs: 600_000 };

/** One logged-in connection. */
export type Session = {
  send: (raw: Buffer, envelope: Envelope) => Promise<Outcome>;
  isOpen: () => boolean;
  close: () => void;
};

/**
 * Connects and logs in. Uses nodemailer's connection and not its pool: the pool hands a letter over again by itself
 * when a connection breaks, also after DATA, and hides at which step it broke. The connection turns Nagle's delay off.
 *
 * @returns the session, or how it failed; never throws
 */
export async function openSession(server: SmtpServer, timeouts: Timeouts): Promise<Session | Outcome> {
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.tls,
    ignoreTLS: true, // plain only to this machine, TLS from the first byte everywhere else
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.connectMs,
    socketTimeout: Math.max(timeouts.acceptMs, timeouts.replyMs) * 2,
  });
  connection.on('error', () => undefined); // each step listens for its own; an idle connection may break unheard
  const failed =
    (await step(connection, 'connect', timeouts.connectMs + timeouts.replyMs, (done) => connection.connect(done))) ??
    (await logIn(connection, server, timeouts));
  if (!failed) return sessionOn(connection, timeouts);
  connection.close();
  return failed;
}

export const isSession = (opened: Session | Outcome): opened is Session => 'send' in opened;

function logIn(connection: SMTPConnection, { login }: SmtpServer, { replyMs }: Timeouts): Promise<Outcome | null> {
  if (!login) return Promise.resolve(null);
  return step(connection, 'login', replyMs, (done) => connection.login(login, done));
}

function sessionOn(connection: SMTPConnection, timeouts: Timeouts): Session {
  return {
    send: (raw, envelope) => sendOn(connection, raw, envelope, timeouts),
    isOpen: () => !connection.destroyed,
    close: () => quit(connection),
  };
}

/** Says goodbye, and hangs up on a server that does not answer it. */
function quit(connection: SMTPConnection): void {
  if (connection.destroyed) return;
  const timer = setTimeout(() => connection.close(), 1_000);
  connection.once('end', () => clearTimeout(timer));
  connection.quit();
}

async function sendOn(
  connection: SMTPConnection,
  raw: Buffer,
  envelope: Envelope,
  timeouts: Timeouts,
): Promise<Outcome> {
  let response = '';
  let handedOver = false;
  const letter = Readable.from([raw], { objectMode: false });
  const failed = await step(connection, 'sender', timeouts.replyMs, (done, allow) => {
    // nodemailer reads the letter only once the server has agreed to DATA
    letter.once('end', () => {
      handedOver = true;
      allow(timeouts.acceptMs);
    });
    connection.send({ ...envelope, size: raw.length }, letter, (error, info) => {
      response = info?.response ?? '';
      done(error);
    });
  });
  if (failed) return { ...failed, stage: handedOver && !failed.reply ? 'letter' : failed.stage, handedOver };
  return { stage: 'letter', reply: { code: Number(response.slice(0, 3)), text: response }, trouble: '', handedOver };
}

type Done = (error?: NodemailerError | null) => void;

/** One step of the conversation within its time. @returns null when it went well */
function step(
  connection: SMTPConnection,
  stage: Stage,
  ms: number,
  run: (done: Done, allow: (ms: number) => void) => void,
): Promise<Outcome | null> {
  return new Promise((settle) => {
    const done: Done = (error) => {
      clearTimeout(timer);
      connection.removeListener('error', done);
      connection.removeListener('end', ended);
      settle(error ? outcomeOf(error, stage) : null);
    };
    // nodemailer tells of a 421 only after the end, and of our own hanging up by nothing else
    const ended = () => setImmediate(() => done(named('ECONNECTION')));
    const late = () => {
      done(named('ETIMEDOUT'));
      connection.close();
    };
    let timer = setTimeout(late, ms);
    const allow = (moreMs: number) => {
      clearTimeout(timer);
      timer = setTimeout(late, moreMs);
    };
    connection.on('error', done);
    connection.on('end', ended);
    run(done, allow);
  });
}

const named = (code: string) => Object.assign(new Error(code), { code });

const stages: [command: RegExp, stage: Stage][] = [
  [/^AUTH/, 'login'],
  [/^MAIL/, 'sender'],
  [/^RCPT/, 'recipient'],
  [/^DATA/, 'letter'],
];

function outcomeOf(error: NodemailerError, stage: Stage): Outcome {
  const code = error.responseCode ?? 0;
  const at = stages.find(([command]) => command.test(error.command ?? ''))?.[1];
  return {
    stage: at ?? stage,
    reply: code >= 400 ? { code, text: error.response ?? '' } : null, // a 2xx or 3xx out of place answers nothing
    trouble: [error.code, error.originalCode, error.timeoutType].filter(Boolean).join(' '),
    handedOver: false,
  };
}
