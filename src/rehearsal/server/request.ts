/** A word of a command: an atom with its brackets, the inside of a quoted string or literal, or a list in parentheses. */
export type Word = string | Word[];

/** `name` is in capitals, with its `UID `; `text` is what follows it, as it came. */
export type Request = { tag: string; name: string; text: string; words: Word[] };

/** @param line one command with its literals already put in as quoted strings; null when it is none */
export function readRequest(line: string): Request | null {
  const match = /^(\S+) +((?:UID +)?[A-Za-z]+) ?(.*)$/is.exec(line);
  const [, tag, name, text] = match ?? [];
  if (tag === undefined || name === undefined || text === undefined) return null;
  const words = wordsOf(text);
  return words && { tag, name: name.toUpperCase().replace(/ +/, ' '), text, words };
}

/** Quoted string, parenthesis, or an atom whose square brackets may hold spaces: `BODY.PEEK[HEADER.FIELDS (DATE)]<0.9>`. */
const token = /\s*(?:"((?:\\[\s\S]|[^"\\])*)"|([()])|((?:[^\s()"[]|\[[^\]]*\])+))/y;

/** @returns null when a parenthesis or quotation mark has no partner */
function wordsOf(text: string): Word[] | null {
  const open: Word[][] = [[]];
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [, quoted, parenthesis, atom] = match;
    if (parenthesis === '(') open.push([]);
    else if (parenthesis === ')') closeList(open);
    else open.at(-1)?.push(quoted?.replace(/\\([\s\S])/g, '$1') ?? atom ?? '');
    if (open.length === 0 || token.lastIndex >= text.trimEnd().length) break;
  }
  const [words, ...unclosed] = open;
  return words && unclosed.length === 0 && (text.trim() === '' || token.lastIndex > 0) ? words : null;
}

/** Puts the innermost list into the one around it; none around it leaves nothing open, which the caller sees. */
function closeList(open: Word[][]): void {
  const list = open.pop();
  const around = open.at(-1);
  if (list && around) around.push(list);
}

/** A word that must be a string. */
export const textOf = (word: Word | undefined): string => (typeof word === 'string' ? word : '');
