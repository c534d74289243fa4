import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { didYouMean } from './config/problem.ts';

/** `lines`: names and values as they stand; null where there is no file, or none that can be read. `mistakes`: Chinese. */
export type EnvFile = { lines: NodeJS.Dict<string> | null; mistakes: string[] };

/**
 * Reads a `.env` as offices write it: by Notepad (a mark at the beginning, UTF-16, GBK), out of a chat or a Word page.
 * What cannot be meant is a mistake: a `LETTERS＝hold` passed over in silence would send the letters.
 *
 * @param known the settings' names, each allowed as `NAME_FILE` too
 */
export function readEnvFile(path: string, known: readonly string[]): EnvFile {
  if (!existsSync(path)) return { lines: null, mistakes: [] };
  try {
    const text = decoded(readFileSync(path));
    const lines = Object.fromEntries(Object.entries(parseEnv(text)).map(([name, value]) => [name, bare(value ?? '')]));
    return { lines, mistakes: [...unreadableLines(text), ...mistyped(Object.keys(lines), known)] };
  } catch (error) {
    return { lines: null, mistakes: [`读不到设置文件 ${path}（${(error as NodeJS.ErrnoException).code}）`] };
  }
}

/** Without what a Chinese keyboard or a Word page puts around it: wide spaces and “quotes”. */
const bare = (value: string) => value.trim().replace(/^“(.*)”$/, '$1');

function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes); // what Notepad calls ANSI
  }
}

/** `parseEnv` takes what is no `NAME=` for the beginning of the next line, which is then lost with it. */
function unreadableLines(text: string): string[] {
  const withoutQuoted = text.replace(/(=[ \t]*)(["'`])[\s\S]*?\2/g, (all, sign) => sign + all.replace(/[^\n]/g, ''));
  return withoutQuoted.split(/\r?\n/).flatMap((line, index) => {
    if (/^\s*(#|$)/.test(line) || /^\s*(export\s+)?\w+\s*=/.test(line)) return [];
    // The line may hold a code: it is not repeated.
    return [`.env 第${index + 1}行看不懂：应写成 名字=内容（等号用半角的 =），说明文字前面要加 #`];
  });
}

/** `IMAP_ULR=…` would be passed over, and the rehearsal played. */
function mistyped(names: readonly string[], known: readonly string[]): string[] {
  return names.flatMap((name) => {
    const base = name.replace(/_FILE$/, '');
    const meant = known.includes(base) || !/^\w+$/.test(name) ? null : didYouMean(base, known);
    return meant ? [`不认识设置 ${name}，是不是想写 ${meant}？`] : [];
  });
}
