import { squeeze } from '../text/squeeze.ts';
import type { Notice } from './notice.ts';
import type { Union } from './roster.ts';

type Roster = Pick<Notice, 'roster' | 'unionNames' | 'words'>;

/**
 * The union that a form's 推荐单位 means: `焦作市温县总工会（盖章）`, `温县`, or two seals in one cell. Null when the
 * value names nobody on the roster.
 */
export function matchUnion(value: string, notice: Roster): Union | null {
  const parts = [value, ...value.split(/[\s、,，;；/／()（）]+/)].map((part) => core(part, notice)).filter(Boolean);
  return notice.roster.find((union) => namesOf(union, notice).some((name) => parts.includes(name))) ?? null;
}

/**
 * The one union named in running text (subject, letter, file name). In a body only a full name counts (`温县总工会`):
 * a bare area may be just an address. Two different unions in one text decide nothing: null.
 */
export function findUnion(text: string, notice: Roster, where: 'title' | 'body'): Union | null {
  const bare = squeeze(text);
  const named = notice.roster.filter((union) => fullNames(union, notice).some((name) => bare.includes(name)));
  const found =
    named.length > 0 || where === 'body' ? named : notice.roster.filter((union) => startsToken(text, union, notice));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** `温县推荐焦作工匠材料`, `示范区-张三`: the area opens a token and what follows is no part of a longer name. */
function startsToken(text: string, union: Union, notice: Roster): boolean {
  const { afterUnion } = notice.words.sentences;
  return text.split(/[\s\-—_()（）[\]【】《》“”"、,，.。:：;；/／+]+/).some((token) => {
    const bare = withoutPrefix(squeeze(token), notice);
    return namesOf(union, notice).some(
      (name) =>
        bare === name || (bare.startsWith(name) && afterUnion.some((word) => bare.startsWith(word, name.length))),
    );
  });
}

/** The name without what may as well be left out: prefixes, 总工会 and the like, anything in brackets. */
function core(name: string, notice: Roster): string {
  const bare = withoutPrefix(squeeze(name).replace(/\([^)]*\)?|_+/g, ''), notice);
  const suffix = notice.unionNames.suffixes.find((word) => bare.endsWith(word) && bare.length > word.length);
  return suffix ? bare.slice(0, -suffix.length) : bare;
}

function withoutPrefix(bare: string, notice: Roster): string {
  const prefix = notice.unionNames.prefixes.find((word) => bare.startsWith(word) && bare.length > word.length);
  return prefix ? withoutPrefix(bare.slice(prefix.length), notice) : bare;
}

const namesOf = (union: Union, notice: Roster) => [union.name, ...union.aliases].map((name) => core(name, notice));

function fullNames(union: Union, notice: Roster): string[] {
  return namesOf(union, notice).flatMap((name) => notice.unionNames.suffixes.map((suffix) => name + suffix));
}
