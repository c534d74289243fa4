import { z } from 'zod';
import { unknownWord } from './problem.ts';

/** Building blocks of the configuration schemas that know how to say in Chinese what they expect. */

/** An object whose every key must be known; a mistyped key is answered with the one that was probably meant. */
export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownWord(key, known)).join('；')
        : `应为一组“项目: 内容”：${known.join('、')}`,
  });
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, {
    error: ({ input }) => (typeof input === 'string' ? unknownWord(input, words) : `应为其中之一：${words.join('、')}`),
  });
}

export const text = z.string({ error: ({ input }) => (input === undefined ? '缺少这一项（文字）' : '应为文字') });
export const someText = text.min(1, { error: '不能为空' });
export const wholeNumber = z.int({ error: '应为整数' }).nonnegative({ error: '不能是负数' });
export const ratio = z.number({ error: '应为数字' }).positive({ error: '应大于0' });
export const words = z.array(someText, { error: '应为列表：[甲, 乙]' });
/** A pattern a person wrote: a regular expression, without regard to case. */
export const pattern = someText.transform((source, context) => {
  try {
    return new RegExp(source, 'iu');
  } catch {
    context.addIssue({ code: 'custom', message: `“${source}”不是正确的正则表达式` });
    return z.NEVER;
  }
});

/** Codes appear in JSON, file names and the database: lower case, digits, `_` and `-`. */
export const code = someText.regex(/^[a-z][a-z0-9_-]*$/, { error: '只用小写字母、数字、_ 和 -，以字母开头' });

/** An instant with its zone written out, so that nobody's computer settings move a deadline. */
export const instant = text
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/, {
    error: '应为带时区的时刻，如 2018-07-21T00:00:00+08:00',
  })
  .transform((iso) => new Date(iso))
  .refine((date) => !Number.isNaN(date.getTime()), { error: '没有这个时刻' });
