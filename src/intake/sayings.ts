import type { WrittenMail } from '../message/mail.ts';
import { certificatesOf, type Notice } from '../notice/notice.ts';
import { squeeze } from '../text/squeeze.ts';

/**
 * The requirements whose certificates come on paper, as the letter says in one sentence: 荣誉证书复印件随纸质材料报送.
 * Quoted text is not asked: our own letter explains how to say just this.
 */
export function onPaper(text: string, notice: Notice): string[] {
  const { things, ways, except } = notice.words.sentences.onPaper;
  const has = (sentence: string, words: readonly string[]) => words.some((word) => sentence.includes(word));
  const sentences = text
    .split(/[。；;！!\n]+/)
    .map(squeeze)
    .filter((sentence) => has(sentence, things) && has(sentence, ways) && !has(sentence, except));
  return [...new Set(sentences.flatMap((sentence) => meant(sentence, notice)))];
}

/** A sentence that names certain certificates means those; 证书 alone means all. */
function meant(sentence: string, notice: Notice): string[] {
  const bearing = notice.requirements.filter((requirement) => certificatesOf(requirement) !== null);
  const named = bearing.filter((requirement) =>
    certificatesOf(requirement)?.fileNames.some((word) => sentence.includes(squeeze(word))),
  );
  return (named.length > 0 ? named : bearing).map(({ code }) => code);
}

/** The letter or its subject says that it adds to an earlier one: 补充, 更正, 2/3. */
export function isSupplement(subject: string, text: string, { words }: Notice): boolean {
  const { supplement, sequence } = words.sentences;
  const said = squeeze(`${subject}\n${text}`);
  return supplement.some((word) => said.includes(word)) || sequence.some((pattern) => pattern.test(squeeze(subject)));
}

/** Whether the letter speaks of this round or its materials. */
export function isAboutRound(subject: string, text: string, notice: Notice): boolean {
  const said = squeeze(`${subject}\n${text}`);
  return [notice.honour, ...notice.words.sentences.about].some((word) => said.includes(squeeze(word)));
}

/** Whether it answers one of our letters: by the thread's Message-IDs, or by our number in the subject. */
export function isReplyToOurLetter({ inReplyTo, references, subject }: WrittenMail, { numberPrefix }: Notice): boolean {
  const threaded = [...inReplyTo, ...references].some((id) => /^<?(shouli\.|\{\{letter:)/.test(id));
  return threaded || new RegExp(`[\\[［【](${numberPrefix}-\\d{4}-\\d+|待编号)`).test(subject);
}
