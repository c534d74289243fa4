import { Failure } from '../errors.ts';
import { digestDayDue } from '../office/digest-day.ts';
import { officeFacts } from '../office/facts.ts';
import { layDigest } from '../office/make-digest.ts';
import { type Digest, digestOf } from '../reports/digest/digest.ts';
import { digestText } from '../reports/digest/text.ts';
import { readDigest } from '../store/digests.ts';
import { hasFlag, readWords } from './arguments.ts';
import { print, withBooks } from './with-books.ts';

/** `shouli digest [--date D] [--send] [--json]`: a day's digest as it was made then, or as it would be made now. */
export async function digestCommand(given: string[]): Promise<number> {
  const words = readWords(given, { date: 'value', send: 'flag', json: 'flag' });
  const said = words.flatMap((word) => (word.kind === 'option' && word.name === 'date' ? [word.value ?? ''] : []))[0];
  if (said !== undefined && !isDay(said)) throw new Failure('usage', `日期应写成 2000-01-31 这样，现在是“${said}”`);
  return withBooks(async (books) => {
    const { settings, clock, db } = books;
    const day = said ?? digestDayDue(clock.now(), settings.digestAt);
    const digest = ((await readDigest(db, day)) as Digest | null) ?? digestOf(await officeFacts(books), day);
    if (hasFlag(words, 'send')) {
      if (settings.digestTo.length === 0) throw new Failure('usage', '没有设置 DIGEST_TO（收件日报发给谁）');
      await layDigest(books, digest, false);
      console.error(`日报已放入待发：${settings.digestTo.join('、')}。同一天的日报只发一次。`);
    }
    return print(hasFlag(words, 'json'), digest, () => digestText(digest));
  });
}

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
