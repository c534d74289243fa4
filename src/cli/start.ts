import { Failure } from '../errors.ts';
import { start } from '../main.ts';
import { hasFlag, readWords } from './arguments.ts';

/** `shouli start [web|workers] [--once]`. */
export async function startCommand(given: string[]): Promise<number> {
  const words = readWords(given, { once: 'flag' }, 1);
  const [part] = words.flatMap((word) => (word.kind === 'file' ? [word.file] : []));
  if (part !== undefined && part !== 'web' && part !== 'workers')
    throw new Failure('usage', `start 后面可以写 web 或 workers，不认识“${part}”`);
  return start({ once: hasFlag(words, 'once'), part: part ?? 'everything' });
}
