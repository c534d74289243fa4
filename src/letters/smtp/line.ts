import type { Outcome } from './answer.ts';
import type { SmtpServer } from './server.ts';
import { type Envelope, isSession, openSession, type Session, type Timeouts } from './session.ts';

export type LineOptions = {
  timeouts: Timeouts;
  /** NetEase refuses more on one connection (451 MI:DMC); its number is not published. */
  lettersPerConnection: number;
  /** A connection that nobody uses is given up before the server does so. */
  idleMs: number;
  /** How long closing waits for the letter in hand. */
  closeMs: number;
};

/** The one connection to the server, kept from letter to letter: a fresh one costs more than the letter itself. */
export type Line = {
  /** For one caller at a time. */
  handOver: (raw: Buffer, envelope: Envelope) => Promise<Outcome>;
  /** Hangs up for good: what is handed over later stays here. */
  close: () => void;
};

export function keepLine(server: SmtpServer, options: LineOptions): Line {
  let session: Session | null = null;
  let letters = 0;
  let idle: NodeJS.Timeout | undefined;
  let isClosed = false;

  const hangUp = () => {
    clearTimeout(idle);
    session?.close();
    session = null;
  };
  const dial = async (): Promise<Session | Outcome> => {
    const opened = await openSession(server, options.timeouts);
    if (isSession(opened)) [session, letters] = [opened, 0];
    return opened;
  };
  /** Only a letter well sent leaves the line open: MI:DMC wants a new one, and no half-ended talk meets the next. */
  const rest = (outcome: Outcome) => {
    if (!isAccepted(outcome) || letters >= options.lettersPerConnection) hangUp();
    else idle = setTimeout(hangUp, options.idleMs);
  };
  const handOver = async (raw: Buffer, envelope: Envelope): Promise<Outcome> => {
    clearTimeout(idle);
    if (isClosed) return closed;
    const kept = session?.isOpen() ? session : null;
    const used = kept ?? (await dial());
    if (!isSession(used)) return used;
    letters += 1;
    const outcome = await used.send(raw, envelope);
    rest(outcome);
    return kept && wasDead(outcome) ? handOver(raw, envelope) : outcome;
  };
  const close = () => {
    isClosed = true;
    hangUp();
  };
  return { handOver, close };
}

const closed: Outcome = { stage: 'connect', reply: null, trouble: 'ECLOSED', handedOver: false };

const isAccepted = ({ reply, stage }: Outcome) => stage === 'letter' && reply !== null && reply.code < 300;

/** The server had hung up on the kept connection before it heard of this letter: a new one is dialled, once. */
const wasDead = ({ reply, handedOver, trouble }: Outcome) =>
  reply === null && !handedOver && !trouble.includes('ETIMEDOUT');
