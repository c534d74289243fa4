import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { machineNow } from '../../src/clock.ts';

/** Where the server may be made to act: before the greeting, at a command, or after the letter's last dot (`letter`). */
export type Step = 'greeting' | 'ehlo' | 'auth' | 'mail' | 'rcpt' | 'data' | 'letter' | 'quit';

export type Play = {
  at: Step;
  /** Only for this recipient (`rcpt`, `data`, `letter`). */
  to?: string;
  /** `451 MI:SFQ`, several lines with \n; without it the usual answer. Bytes for an answer in GBK. */
  reply?: string | Buffer;
  delayMs?: number;
  /** Hangs up instead of answering; at `data` after 354 and the letter's first bytes. */
  drop?: boolean;
  /** At `letter`: whether a letter that is not answered 250 was taken all the same (default: no). */
  keep?: boolean;
  /** How often it acts; 1 without it. */
  times?: number;
};

export type Delivered = { from: string; to: string[]; raw: Buffer; at: Date };

const usual: Record<Step, string> = {
  greeting: '220 126.example Anti-spam GT for Coremail System',
  ehlo: '250-mail\n250-PIPELINING\n250-AUTH LOGIN PLAIN\n250 8BITMIME',
  auth: '235 Authentication successful',
  mail: '250 Mail OK',
  rcpt: '250 Mail OK',
  data: '354 End data with <CR><LF>.<CR><LF>',
  letter: '250 Mail OK queued as smtp1',
  quit: '221 Bye',
};

/** What all connections to one server share. */
export type House = { plays: Play[]; delivered: Delivered[]; commands: string[]; pipelining: boolean };
type Talk = { socket: Socket; house: House; from: string; to: string[] };

/** Speaks SMTP with one client until either hangs up. */
export async function converse(socket: Socket, house: House): Promise<void> {
  const talk: Talk = { socket, house, from: '', to: [] };
  const lines = readLines(socket);
  if (!(await act(talk, 'greeting'))) return;
  for await (const line of lines) {
    house.commands.push(line.replace(/^(AUTH \S+) .*/i, '$1 …'));
    const goesOn = await answer(talk, line, lines);
    if (!goesOn) return;
  }
}

type Lines = AsyncGenerator<string, void>;

async function answer(talk: Talk, line: string, lines: Lines): Promise<boolean> {
  const verb = line.slice(0, 4).toUpperCase();
  if (verb === 'EHLO' || verb === 'HELO') return act(talk, 'ehlo');
  if (verb === 'AUTH') return authenticate(talk, line, lines);
  if (verb === 'MAIL') return mail(talk, line);
  if (verb === 'RCPT') return recipient(talk, line);
  if (verb === 'DATA') return letter(talk, lines);
  if (verb === 'QUIT') return goodbye(talk);
  talk.socket.write(verb === 'RSET' || verb === 'NOOP' ? '250 OK\r\n' : '502 Error: command not implemented\r\n');
  return true;
}

async function authenticate(talk: Talk, line: string, lines: Lines): Promise<boolean> {
  if (/^AUTH LOGIN$/i.test(line))
    for (const question of ['VXNlcm5hbWU6', 'UGFzc3dvcmQ6']) {
      talk.socket.write(`334 ${question}\r\n`);
      await lines.next();
    }
  return act(talk, 'auth');
}

async function mail(talk: Talk, line: string): Promise<boolean> {
  talk.from = line.match(/<(.*?)>/)?.[1] ?? '';
  talk.to = [];
  return act(talk, 'mail');
}

async function recipient(talk: Talk, line: string): Promise<boolean> {
  const address = line.match(/<(.*?)>/)?.[1] ?? '';
  talk.to.push(address);
  return act(talk, 'rcpt', () => void talk.to.pop());
}

async function goodbye(talk: Talk): Promise<boolean> {
  if (await act(talk, 'quit')) talk.socket.end();
  return false;
}

async function letter(talk: Talk, lines: Lines): Promise<boolean> {
  const play = talk.to.length > 0 ? playFor(talk, 'data') : { reply: '503 bad sequence of commands' };
  if (play?.delayMs) await wait(play.delayMs, undefined, { ref: false }); // holds up no test's end
  say(talk.socket, play?.reply ?? usual.data);
  if (play?.reply && !String(play.reply).startsWith('3')) return true;
  const raw = await readLetter(lines, play?.drop === true);
  if (!raw) {
    talk.socket.destroy();
    return false;
  }
  const take = () => void talk.house.delivered.push({ from: talk.from, to: [...talk.to], raw, at: machineNow() });
  return act(talk, 'letter', (refused) => refused.keep && take(), take);
}

/** The letter with its dots unstuffed; null when it was cut off, by the script or by the client. */
async function readLetter(lines: Lines, cut: boolean): Promise<Buffer | null> {
  const text: string[] = [];
  for (;;) {
    const { value, done } = await lines.next();
    if (done || value === undefined || cut) return null;
    if (value === '.') return Buffer.from(text.map((line) => `${line.replace(/^\./, '')}\r\n`).join(''), 'latin1');
    text.push(value);
  }
}

/** Answers as the script says. @returns false when the connection ends here */
async function act(
  talk: Talk,
  step: Step,
  refused: (play: Omit<Play, 'at'>) => void = () => undefined,
  accepted: () => void = () => undefined,
): Promise<boolean> {
  const play = playFor(talk, step);
  if (play?.delayMs) await wait(play.delayMs, undefined, { ref: false }); // holds up no test's end
  const isRefused = play !== null && (play.drop === true || /^[45]/.test(String(play.reply ?? '')));
  if (play && isRefused) refused(play);
  else accepted();
  if (play?.drop) {
    talk.socket.destroy();
    return false;
  }
  const plain = step === 'ehlo' && !talk.house.pipelining ? usual.ehlo.replace('250-PIPELINING\n', '') : usual[step];
  say(talk.socket, play?.reply ?? plain);
  return true;
}

function playFor({ house, to }: Talk, step: Step): Omit<Play, 'at'> | null {
  const play = house.plays.find(
    ({ at, to: only, times = 1 }) => at === step && times > 0 && (only === undefined || to.includes(only)),
  );
  if (!play) return null;
  play.times = (play.times ?? 1) - 1;
  return play;
}

function say(socket: Socket, reply: string | Buffer): void {
  if (socket.destroyed) return;
  if (typeof reply === 'string') socket.write(`${reply.replaceAll('\n', '\r\n')}\r\n`);
  else socket.write(Buffer.concat([reply, Buffer.from('\r\n')]));
}

/** Lines without their ends, one character a byte. */
async function* readLines(socket: Socket): Lines {
  let rest = '';
  try {
    for await (const chunk of socket) {
      const lines = (rest + (chunk as Buffer).toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch {
    // the connection broke, here or there: there are no more lines
  }
}
