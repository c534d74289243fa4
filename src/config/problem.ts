import { distance } from 'fastest-levenshtein';
import { Failure } from '../errors.ts';

/** One mistake in the configuration, told so that a clerk can mend it: which file, where in it, what is expected. */
export type Problem = { file: string; place: string; expected: string };

/** The known word nearest to a mistyped one, when near enough to be meant. */
export function didYouMean(word: string, known: readonly string[]): string | null {
  const near = known
    .map((candidate) => ({ candidate, steps: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)[0];
  return near && near.steps <= Math.max(2, Math.floor(word.length / 3)) ? near.candidate : null;
}

/** `不认识“requirment”，是不是想写“requirement”？` with all that is allowed when nothing is near. */
export function unknownWord(word: string, known: readonly string[]): string {
  const meant = didYouMean(word, known);
  return meant ? `不认识“${word}”，是不是想写“${meant}”？` : `不认识“${word}”，可以写：${known.join('、')}`;
}

/** All mistakes in one go, a line each, as the refusal to start (exit code 2). */
export function refusal(problems: readonly Problem[]): Failure {
  const lines = problems.map(({ file, place, expected }) => `  ${file}${place && ` ${place}`}：${expected}`);
  return new Failure('usage', `配置有 ${problems.length} 处需要改正：\n${lines.join('\n')}`, 'configuration refused');
}
