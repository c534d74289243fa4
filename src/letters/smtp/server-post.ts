import type { Log } from '../../log.ts';
import { mailAddress } from './address.ts';
import type { Answer } from './answer.ts';
import { sortOutcome } from './answers.ts';
import { inTurn } from './in-turn.ts';
import { keepLine, type LineOptions } from './line.ts';
import type { Post } from './post.ts';
import { bareAddress, loginAddress, type SmtpServer } from './server.ts';
import { type Envelope, isSession, openSession, type Timeouts } from './session.ts';

/** Letters go one after another over one connection: NetEase counts connections too (421 HL:ICC). */
export function serverPost(server: SmtpServer, log: Log, options: LineOptions): Post {
  const turns = inTurn();
  const line = keepLine(server, options);
  const send = async (raw: Buffer, { from, to }: Envelope): Promise<Answer> => {
    const address = mailAddress(to);
    if (!address) return noAddress;
    const outcome = await line.handOver(raw, { from: loginAddress(server) ?? bareAddress(from) ?? from, to: address });
    const answer = sortOutcome(outcome);
    const { next, code, uncertain } = answer;
    log.info({ next, code, uncertain, stage: outcome.stage }, 'mail server answered');
    return answer;
  };
  return {
    send: (raw, envelope) => turns.add(() => send(raw, envelope)),
    verify: () => turns.add(() => tryLogin(server, options.timeouts)),
    close: async () => {
      await turns.settled(options.closeMs);
      line.close();
    },
  };
}

const noAddress: Answer = {
  next: 'never',
  afterMinutes: null,
  doubling: false,
  atMostTries: null,
  code: 'EADDRESS',
  text: '',
  forPerson: '收件地址不是有效的邮箱地址。请核对后由工作人员联系对方。',
  uncertain: false,
};

/** A connection of its own: what the doctor asks is whether a new one works. */
async function tryLogin(server: SmtpServer, timeouts: Timeouts) {
  const where = `${server.host}:${server.port}`;
  const opened = await openSession(server, timeouts);
  if (isSession(opened)) {
    opened.close();
    return { ok: true, seen: `${where} 可以登录`, advice: '' };
  }
  const { code, text, forPerson } = sortOutcome(opened);
  return { ok: false, seen: `${where} ${code} ${text}`.trim(), advice: forPerson };
}
