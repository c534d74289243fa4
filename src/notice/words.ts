import { z } from 'zod';
import { object, oneOf, pattern, someText, words } from '../config/expect.ts';

/** The word lists of config/words: how Chinese offices write things, the same for every round. */
export const valueWordsSchema = object({
  skillLevels: z.array(object({ level: someText, words })).min(2),
  notSkillLevels: words,
  awardLevels: z.array(object({ level: someText, counts: oneOf(['yes', 'no', 'ask']), words })).min(1),
  patentTypes: z.array(object({ type: someText, words })).min(1),
  none: words,
  placeholders: words,
  instructions: words,
  otherHonours: words,
  idCard: words,
  examples: words,
  footWords: words,
  prefilled: someText,
  rankWords: words,
});

export const sentenceWordsSchema = object({
  onPaper: object({
    things: words,
    others: words,
    along: words,
    ways: words,
    notSaid: words,
    except: words,
    conditional: words,
    doubt: words,
  }),
  asking: words,
  answeredByLetter: words,
  takingBack: words,
  supplement: words,
  notSupplement: words,
  revised: words,
  sequence: z.array(pattern),
  about: words,
  nameBefore: words,
  nameAfter: words,
  contactBefore: words,
  contactAfter: words,
  afterUnion: words,
});

export const nameWordsSchema = object({ compoundSurnames: words, surnames: someText, notNames: words });

export type ValueWords = z.output<typeof valueWordsSchema>;
export type SentenceWords = z.output<typeof sentenceWordsSchema>;
export type NameWords = z.output<typeof nameWordsSchema>;
