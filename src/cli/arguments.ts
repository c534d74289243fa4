import { parseArgs } from 'node:util';
import { didYouMean } from '../config/problem.ts';
import { Failure } from '../errors.ts';

/** One word of the command line in the order given: an option counts for the files after it. */
export type Word = { kind: 'file'; file: string } | { kind: 'option'; name: string; value: string | null };

/** Which options a command knows, and which of them take a value. */
export type OptionNames = Record<string, 'flag' | 'value'>;

/**
 * Splits a command's words. An option nobody knows is answered with the one probably meant; a word too many is not passed
 * over: `hold 12` would stop all letters, and a note or a folder written without quotes would end at its first space.
 *
 * @param mostFiles how many words that are no options the command understands
 * @throws Failure (usage)
 */
export function readWords(given: string[], known: OptionNames, mostFiles = 0): Word[] {
  const options = Object.fromEntries(
    Object.entries(known).map(([name, kind]) => [
      name,
      { type: kind === 'flag' ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { tokens } = parseArgs({ args: given, options, strict: false, allowPositionals: true, tokens: true });
  const tooMany = tokens.filter(({ kind }) => kind === 'positional')[mostFiles];
  if (tooMany?.kind === 'positional')
    throw new Failure('usage', `多了“${tooMany.value}”，没有执行。内容里有空格时，请用引号括起来。`);
  return tokens.flatMap((token): Word[] => {
    if (token.kind === 'positional') return [{ kind: 'file', file: token.value }];
    if (token.kind === 'option-terminator') return [];
    const kind = known[token.name];
    if (!kind) throw new Failure('usage', unknownOption(token.rawName, Object.keys(known)));
    if (kind === 'value' && token.value === undefined) throw new Failure('usage', `${token.rawName} 后面要写内容`);
    return [{ kind: 'option', name: token.name, value: token.value ?? null }];
  });
}

function unknownOption(given: string, known: string[]): string {
  const meant = didYouMean(given.replace(/^-+/, ''), known);
  return `不认识选项 ${given}${meant ? `，是不是想写 --${meant}？` : known.length > 0 ? `，可用：${known.map((name) => `--${name}`).join(' ')}` : ''}`;
}

export const hasFlag = (words: readonly Word[], name: string) =>
  words.some((word) => word.kind === 'option' && word.name === name);
