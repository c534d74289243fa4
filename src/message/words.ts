import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { Failure } from '../errors.ts';

const phrase = z.string({ error: '应是一段文字（含特殊符号时请加引号）' }).min(1, { error: '不能为空' });
const phrases = z.array(phrase, { error: '应是一个列表，每行以“- ”开头' });

/** A pattern a person wrote: a regular expression, without regard to case. */
const pattern = phrase.transform((source, context) => {
  try {
    return new RegExp(source, 'iu');
  } catch {
    context.addIssue({ code: 'custom', message: `“${source}”不是正确的正则表达式` });
    return z.NEVER;
  }
});
const patterns = z.array(pattern, { error: '应是一个列表，每行以“- ”开头' });

const group = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `不认识的项目：${issue.keys.join('、')}（请检查拼写）`
        : '应是一组“项目: 内容”',
  });

const headerLabels = group({ from: phrases, date: phrases, to: phrases, subject: phrases }).transform((labels) => ({
  from: labelled(labels.from),
  others: [labelled(labels.date), labelled(labels.to), labelled(labels.subject)],
}));

/** A squeezed line that begins with one of the labels and a colon (or the bar of a text table: `| From | …`). */
function labelled(labels: string[]): RegExp {
  return new RegExp(`^[|*]*(?:${labels.map(escapeRegExp).join('|')})[*]*[:|]`, 'iu');
}

/** `Re:`, `回复：`, `Re[2]:`, any number of them. */
function prefixed(prefixes: string[]): RegExp {
  const one = `(?:${prefixes.map(escapeRegExp).join('|')})\\s*(?:\\[\\d+\\]|\\(\\d+\\))?\\s*[:：]\\s*`;
  return new RegExp(`^\\s*${one}`, 'iu');
}

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/**
 * The words and patterns of `config/words/mail.yaml`: how Chinese mail clients mark answers, quotations, large
 * attachments and automatic mail. The code knows what to do with a mark, this file which marks there are. Parsing the
 * YAML with it yields compiled patterns; its complaints are Chinese, for whoever edits the file.
 */
export const mailWordsSchema = group({
  subject: group({ replyPrefixes: phrases, forwardPrefixes: phrases }).transform((subject) => ({
    reply: prefixed(subject.replyPrefixes),
    forward: prefixed(subject.forwardPrefixes),
  })),
  quotes: group({
    bars: patterns,
    bareBars: patterns,
    forwardBars: patterns,
    introductions: patterns,
    headerLabels,
    containers: phrases,
    forwardContainers: phrases,
    beginnings: phrases,
    innerContainers: phrases,
  }),
  ownLetter: group({ openings: patterns, closings: patterns }),
  links: group({
    headings: patterns,
    buttons: patterns,
    ignored: patterns,
    providers: z.array(group({ name: phrase, url: pattern }), { error: '应是一个列表，每项写 name 和 url' }),
    otherProvider: phrase,
  }),
  authors: group({
    autoReply: group({ headers: phrases, subjects: patterns, openings: patterns }),
    bounce: group({ addresses: patterns, headers: phrases, subjects: patterns }),
    readReceipt: group({ subjects: patterns }),
    recall: group({ subjects: patterns }),
    newsletter: group({ headers: phrases, precedence: phrases }),
    advertisement: group({ subjects: patterns, unsubscribe: patterns, offers: patterns }),
    noReply: group({ addresses: patterns }),
  }),
});

export type MailWords = z.output<typeof mailWordsSchema>;

/**
 * Reads the word file.
 *
 * @param file path of `mail.yaml`
 * @throws Failure `usage` with a Chinese list of what is wrong and where
 */
export function loadMailWords(file: string): MailWords {
  const checked = mailWordsSchema.safeParse(parseFile(file));
  if (checked.success) return checked.data;
  const list = checked.error.issues.map(({ path, message }) => `  ${path.join('.') || '整个文件'}：${message}`);
  throw new Failure('usage', `词语表 ${file} 有误，请改正：\n${list.join('\n')}`, `invalid mail words: ${file}`);
}

function parseFile(file: string): unknown {
  try {
    return parseYaml(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Failure('usage', `词语表 ${file} 读不出来，请检查文件是否存在、缩进是否整齐`, `cannot read ${file}`, {
      cause: error,
    });
  }
}
