import type { WrittenMail } from '../message/mail.ts';
import type { Notice } from '../notice/notice.ts';
import { squeeze } from '../text/squeeze.ts';

/** The letter or its subject says that it adds to an earlier one: 补充, 更正, 2/3; not 如需补充请告知. */
export function isSupplement(subject: string, text: string, { words }: Notice): boolean {
  const { supplement, notSupplement, sequence } = words.sentences;
  const said = `${subject}\n${text}`
    .split(/[。；;！!？?\n]+/)
    .map(squeeze)
    .filter((sentence) => !notSupplement.some((word) => sentence.includes(word)));
  return (
    supplement.some((word) => said.some((sentence) => sentence.includes(squeeze(word)))) ||
    sequence.some((pattern) => pattern.test(squeeze(subject)))
  );
}

/** The file's own name says that it takes the place of an earlier version: 推荐表（修改）. */
export function isRevised(path: string, { words }: Notice): boolean {
  const name = squeeze(path.split('/').at(-1) ?? '');
  return words.sentences.revised.some((word) => name.includes(squeeze(word)));
}

/**
 * Whether the letter speaks of this round or its materials: its honour, its number, or words of the trade where the
 * subject names no other campaign.
 */
export function isAboutRound(subject: string, text: string, notice: Notice): boolean {
  const said = plain(`${subject}\n${text}`);
  const { honour, documentNumber, words } = notice;
  if ([honour, documentNumber].some((word) => said.includes(plain(word)))) return true;
  const foreign = words.values.otherHonours.some((other) => plain(subject).includes(plain(other)));
  return !foreign && words.sentences.about.some((word) => said.includes(plain(word)));
}

/** 焦工文〔2018〕33号 is typed with whatever brackets the keyboard has. */
const plain = (text: string) =>
  squeeze(text)
    .replace(/[〔【[(]/g, '[')
    .replace(/[〕】\])]/g, ']');

/** Whether the sender asks something: a person answers. */
export function asks(subject: string, text: string, { words }: Notice): boolean {
  const said = squeeze(`${subject}\n${text}`);
  return ['?', ...words.sentences.asking].some((word) => said.includes(word));
}

const mostToRead = 3;
const longestToRead = 120;

/**
 * Sentences of the letter that a person must read, in its own words: what it asks (纸质版什么时候交？) and what it takes back
 * (不再推荐). Whether the mail arrived is answered by our letter.
 */
export function wordsToRead(subject: string, text: string, { words }: Notice): string[] {
  const { asking, answeredByLetter, takingBack } = words.sentences;
  const said = `${subject}\n${text}`.replace(/https?:\/\/\S+/g, ''); // with question marks of their own
  const sentences = said.split(/(?<=[。！!？?；;\n])/).map((sentence) => sentence.trim());
  const found = sentences.filter((sentence) => {
    const isAsking = /[？?]$/.test(sentence) || asking.some((word) => sentence.includes(word));
    if (isAsking) return !answeredByLetter.some((word) => sentence.includes(word));
    return takingBack.some((word) => sentence.includes(word));
  });
  return found.slice(0, mostToRead).map((sentence) => sentence.slice(0, longestToRead));
}

/** Whether it answers one of our letters: by the thread's Message-IDs, or by our number in the subject. */
export function isReplyToOurLetter({ inReplyTo, references, subject }: WrittenMail, { numberPrefix }: Notice): boolean {
  const threaded = [...inReplyTo, ...references].some((id) => /^<?(shouli\.|\{\{letter:)/.test(id));
  return threaded || new RegExp(`[\\[［【](${numberPrefix}-\\d{4}-\\d+|待编号)`).test(subject);
}
