import type { Delivered } from '../../test/support/scripted-smtp.ts';
import type { SeasonMail } from './season.ts';

/** What a sender heard. */
export type Answered = { address: string; letter: string; missing: string[] };

/** How many mails had the answer that was due, how many of the zipped ones; letters that nobody was due. */
export type Outcome = { right: number; zips: number; toUnrelated: number; twice: number };

/** A header of a letter, '' when it has none. */
export const headerOf = ({ raw }: Delivered, name: string) =>
  new RegExp(`^${name}: *(.*)$`, 'im').exec(raw.toString('latin1'))?.[1]?.trim() ?? '';

export function judge(mails: Omit<SeasonMail, 'raw'>[], answers: Answered[]): Outcome {
  const isRight = ({ address, due }: Omit<SeasonMail, 'raw'>) => {
    const heard = answers.filter((each) => each.address === address);
    if (due === null) return heard.length === 0;
    const [only] = heard;
    return heard.length === 1 && only?.letter === due.letter && only.missing.join() === due.missing.join();
  };
  const unrelated = new Set(mails.filter(({ due }) => due === null).map(({ address }) => address));
  return {
    right: mails.filter(isRight).length,
    zips: mails.filter((mail) => mail.zipped && isRight(mail)).length,
    toUnrelated: answers.filter(({ address }) => unrelated.has(address)).length,
    twice: answers.length - new Set(answers.map(({ address }) => address)).size,
  };
}
