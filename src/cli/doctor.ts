import { type Diagnosis, diagnose } from '../office/doctor/index.ts';
import { inspectSettings } from '../settings.ts';
import { hasFlag, readWords } from './arguments.ts';
import { padTo, widthOf } from './table.ts';
import { print } from './with-books.ts';

const lingeringMs = 2_000;

/** `shouli doctor [--deep] [--json]`: what works, what does not, and what to do. Exit code 0 when all is well. */
export async function doctorCommand(given: string[]): Promise<number> {
  const words = readWords(given, { deep: 'flag', json: 'flag' });
  const found = await diagnose(inspectSettings(), { isDeep: hasFlag(words, 'deep') });
  const code = found.every(({ ok }) => ok) ? 0 : 1;
  print(hasFlag(words, 'json'), found.map(diagnosisJson), () => doctorText(found));
  setTimeout(() => process.exit(code), lingeringMs).unref(); // a test that was cut off may still hold a connection
  return code;
}

const diagnosisJson = ({ name, ok, seen, advice }: Diagnosis) => ({ name, ok, seen, advice });

/** A line a test, and under it what to do. */
export function doctorText(found: readonly Diagnosis[]): string {
  const width = Math.max(...found.map(({ title }) => widthOf(title)));
  const lines = found.flatMap(({ title, seen, advice, ...one }) => [
    `${sign(one)} ${padTo(title, width)}  ${seen}`,
    ...(advice && !one.isBlocked ? indented(advice, one.ok ? '提示：' : '请这样做：') : []),
  ]);
  return [...lines, '', closing(found)].join('\n');
}

const sign = ({ ok, isBlocked }: Pick<Diagnosis, 'ok' | 'isBlocked'>) => (ok ? '✓' : isBlocked ? '－' : '✗');

function indented(advice: string, head: string): string[] {
  const [first = '', ...rest] = advice.split('\n');
  return [`    ${head}${first}`, ...rest.map((line) => `    ${' '.repeat(widthOf(head))}${line}`)];
}

function closing(found: readonly Diagnosis[]): string {
  const troubles = found.filter(({ ok, isBlocked }) => !ok && !isBlocked);
  if (troubles.length === 0)
    return found.some(({ advice }) => advice) ? '没有发现问题。标“提示”的请看一看。' : '没有发现问题。';
  return `有 ${troubles.length} 项要处理：${troubles.map(({ title }) => title).join('、')}。请从上往下逐项处理，再运行一次 npx shouli doctor。`;
}
