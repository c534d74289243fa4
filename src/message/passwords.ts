import { madeOnce } from '../text/made-once.ts';
import type { MailWords } from './words.ts';

const maxSigns = 20_000;
const most = 6;

/**
 * The passwords that a text gives for its locked attachments (`解压密码：gh2018`), likeliest first. A link's 提取码 is
 * among them: trying it costs little, and clerks mix the words up.
 *
 * @param texts the letter, its subject, names of files (`材料（密码123456）.rar`)
 * @returns at most six, each once
 */
export function passwordsIn(texts: readonly string[], words: MailWords): string[] {
  const lines = texts.flatMap((text) => text.slice(0, maxSigns).normalize('NFKC').split(/\n/));
  const said = lines.flatMap((line) => words.passwords.flatMap((pattern) => capturesOf(pattern, line)));
  return [...new Set(said.flatMap(variants))].slice(0, most);
}

const everywhere = madeOnce((pattern: RegExp) => new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`));

const capturesOf = (pattern: RegExp, line: string) =>
  [...line.matchAll(everywhere(pattern))].flatMap(([, said]) => said ?? []);

/** Without the brackets, stops and file ending that belong to the sentence or name around it; and as written. */
function variants(said: string): string[] {
  const bare = said.replace(/^["'([<{]+|["')\]>}][\s\S]*$|[.,;:!?]+$/g, '');
  return bare === said || bare === '' ? [said] : [bare, said];
}
