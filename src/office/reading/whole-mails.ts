import { type ChildLimits, type ChildSeams, openChildren } from '../../documents/pool/children.ts';
import { besideModule } from '../../documents/pool/program.ts';
import type { Understanding } from '../../intake/understood.ts';
import type { Notice } from '../../notice/notice.ts';
import { type KeptMail, unpacked } from './packed.ts';
import type { Answer, Task } from './whole-mail.ts';

/** Why a mail is to be taken apart file by file: a child did not bring it to an end, or left a file to others. */
export type Piecemeal = { piecemeal: string };

/** Child processes that understand a mail from end to end. */
export type WholeMails = {
  /** @throws Failure (temporary) when closed meanwhile */
  takeIn: (message: KeptMail, ownAddresses: string[]) => Promise<Understanding | Piecemeal>;
  /** Starts the first of them with the usual parsers loaded. */
  warm: () => Promise<void>;
  close: () => Promise<void>;
};

/**
 * A usual mail takes 40 ms. One that takes four seconds holds a file that is better met alone, with time of its own. One
 * child understands mails faster than the office records them; the other is there for those behind a slow one, and not yet
 * while the first has its parsers to load.
 */
const usual: ChildLimits = {
  wallMs: 4_000,
  heapMegabytes: 256,
  residentBytes: 512 * 1024 * 1024,
  children: 2,
  spareAfterMs: 500,
};

/** @param notice the round as this process reads it: a child that starts later must not read other rules */
export function openWholeMails(notice: Notice, limits: Partial<ChildLimits> = {}, seams: ChildSeams = {}): WholeMails {
  const program = { childFile: besideModule('whole-mail', import.meta.url), know: notice };
  const children = openChildren<Task, Answer>({ ...usual, ...limits }, { ...program, ...seams });
  return {
    async takeIn(message, ownAddresses) {
      const end = await children.ask({ message, ownAddresses });
      if ('undone' in end) return { piecemeal: `${end.undone} ${end.detail}` };
      return 'piecemeal' in end.answer ? end.answer : unpacked(end.answer, notice);
    },
    warm: children.warm,
    close: children.close,
  };
}
