import { type ChildProcess, fork } from 'node:child_process';
import { convertedIn } from '../../documents/libreoffice/kept.ts';
import { openGate } from '../../documents/pool/gate.ts';
import { besideModule, childProgram } from '../../documents/pool/program.ts';
import { Failure } from '../../errors.ts';
import type { Understanding } from '../../intake/understood.ts';
import type { Notice } from '../../notice/notice.ts';
import { type Books, ownAddresses } from '../books.ts';
import type { Answer, Question } from './large-mail.ts';
import { type KeptMail, unpackedOrThrown } from './packed.ts';

/** Mails too large for this process: each is taken apart in one of its own, whose memory ends with it. */
export type LargeMails = {
  /** @throws Failure (temporary) when the process died or took too long; what intake itself throws comes through */
  takeIn: (message: KeptMail, notice: Notice) => Promise<Understanding>;
  close: () => void;
};

/** Every file inside has its own, shorter limit; this one is for a mail with hundreds of them. */
const wallMs = 10 * 60_000;
const heapMegabytes = 512;

/** What the other process needs to know of the round to read its rules by itself. */
export const roundOf = (books: Pick<Books, 'settings' | 'notice'>): Question['round'] => ({
  configDir: books.settings.configDir,
  notice: books.notice.code,
  ownAddresses: ownAddresses(books),
  converted: convertedIn(books.settings.dataDir),
});

/** @param round what the other process reads by itself: the rules, and whose mail is our own */
export function openLargeMails(round: Question['round']): LargeMails {
  const gate = openGate(1);
  let child: ChildProcess | null = null;
  let isClosed = false;
  return {
    async takeIn(message, notice) {
      await gate.enter();
      try {
        if (isClosed) throw died('closed');
        child = startChild();
        return unpackedOrThrown(await ask(child, { message, round }), notice);
      } finally {
        child?.kill('SIGKILL');
        child = null;
        gate.leave();
      }
    },
    close() {
      isClosed = true;
      child?.kill('SIGKILL');
    },
  };
}

function startChild(): ChildProcess {
  const { file, execArgv } = childProgram(besideModule('large-mail', import.meta.url));
  return fork(file, [], {
    env: {}, // it would inherit the mailbox's code
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [`--max-old-space-size=${heapMegabytes}`, ...execArgv],
  });
}

function ask(child: ChildProcess, question: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(died(`no answer in ${wallMs} ms`)), wallMs);
    child.once('message', (answer: Answer) => resolve(answer));
    child.once('error', (error) => reject(died(error.message)));
    child.once('exit', (code, signal) => reject(died(`it ended with ${signal ?? code}`)));
    child.once('exit', () => clearTimeout(timer));
    child.send(question, (error) => error && reject(died(error.message)));
  });
}

const died = (reason: string) =>
  new Failure('temporary', '读取这封大邮件的程序中断，稍后自动再试', `large mail: ${reason}`);
