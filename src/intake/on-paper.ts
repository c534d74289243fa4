import { certificatesOf, type Notice } from '../notice/notice.ts';
import type { SentenceWords } from '../notice/words.ts';
import { squeeze } from '../text/squeeze.ts';

type PaperWords = SentenceWords['onPaper'];

/**
 * The requirements whose certificates come on paper, as the letter says: 荣誉证书复印件随纸质材料报送. A question (可以邮寄吗),
 * an offer (如需纸质版可邮寄) and a denial (没有随纸质材料报送) say no such thing. Quoted text is not asked: our own letter
 * explains how to say just this.
 */
export function onPaper(text: string, notice: Notice): string[] {
  const { onPaper: words, asking } = notice.words.sentences;
  const sentences = text.match(/[^。；;！!？?\n]+[？?]?/g) ?? [];
  const stated = sentences.map(squeeze).filter((sentence) => !has(sentence, [...asking, '?']));
  const told = stated.flatMap((sentence) => thingsOnPaper(sentence, words));
  return [...new Set(told.flatMap((thing) => meant(thing, notice)))];
}

/**
 * Goes through a sentence clause by clause: what was named before (荣誉证书复印件较多，随纸质材料报送) is what a clause without
 * a subject of its own speaks of, unless it was said to be attached, or another thing was named since.
 *
 * @returns the words for the things that come on paper
 */
function thingsOnPaper(sentence: string, words: PaperWords): string[] {
  const told: string[] = [];
  let subject: string | null = null;
  for (const clause of sentence.split(/[,，:：]/)) {
    if (has(clause, words.conditional)) break; // what follows hangs on it
    if (has(clause, words.things)) subject = clause;
    else if (namesOther(clause, words)) subject = null;
    if (has(clause, words.except)) subject = null;
    else if (subject !== null && saysPaper(clause, words)) told.push(subject === clause ? clause : subject + clause);
  }
  return told;
}

/** `纸质材料已寄出` speaks of the forms; in `随纸质材料报送` they are only what something else goes along with. */
function namesOther(clause: string, { others, along }: PaperWords): boolean {
  const rest = others.reduce(
    (left, other) => along.reduce((cut, word) => cut.replaceAll(word + other, ''), left),
    clause,
  );
  return has(rest, others);
}

/** A way that is not denied, doubted or merely offered just before it: 没有随纸质, 是否邮寄, 可以寄送. */
function saysPaper(clause: string, { ways, notSaid, doubt }: PaperWords): boolean {
  if (has(clause, doubt)) return false;
  return ways.some((way) => {
    const at = clause.indexOf(way);
    return at >= 0 && !notSaid.some((word) => clause.slice(Math.max(0, at - 4), at).includes(word));
  });
}

/** Words that name certain certificates mean those; 证书 alone, or 荣誉证书等, means all. */
function meant(said: string, notice: Notice): string[] {
  const bearing = notice.requirements.filter((requirement) => certificatesOf(requirement) !== null);
  const wordsOf = (requirement: (typeof bearing)[number]) =>
    (certificatesOf(requirement)?.fileNames ?? []).map(squeeze).filter((word) => said.includes(word));
  const named = bearing.filter((requirement) => wordsOf(requirement).length > 0);
  const andOthers = named.flatMap(wordsOf).some((word) => said.includes(`${word}等`));
  return (named.length > 0 && !andOthers ? named : bearing).map(({ code }) => code);
}

const has = (text: string, words: readonly string[]) => words.some((word) => text.includes(word));
