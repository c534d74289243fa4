import { rememberLately } from '../text/lately.ts';
import { squeeze } from '../text/squeeze.ts';

type Labelled = { label: string; synonyms: string[] };

/**
 * The spellings under which a label may stand in a sender's copy, compared without spaces, full width, numbering, marks
 * and (second chance) without what stands in brackets: `姓　名：`, `1.姓名`, `*姓名`, `出生年月（  岁）`.
 */
export function labelKeys(text: string): string[] {
  const bare = squeeze(text)
    .replace(/^[*★☆#●·]+|[*★☆:：]+$/g, '')
    .replace(/^(?:\(?[一二三四五六七八九十\d]{1,2}[)、.．])+/, '');
  const open = bare.replace(/\([^()]*\)/g, '').replace(/[:：]+$/, '');
  return bare === open || !open ? [bare] : [bare, open];
}

/**
 * What offices add to a label or join its parts with: 所获主要荣誉情况, 岗位或工种, 本人联系电话, 现有职业资格等级. Compared
 * without them only when nothing is spelt as it stands, and only where one item alone can be meant.
 */
const loosely = (key: string) =>
  key.replace(/现有|现任|所获|获得|本人|产生|情况|的|所|现|或|及|和|与|、|\/|\(|\)/g, '');

/** Finds what a text is the label of: exact spellings, then without what stands in brackets, then without fillers. */
export function labelIndex<Item extends Labelled>(items: readonly Item[]): (text: string) => readonly Item[] {
  const loose = new Map<string, Set<Item>>();
  const exact = new Map<string, Item[]>();
  for (const item of items) {
    for (const spelling of [item.label, ...item.synonyms]) {
      const key = squeeze(spelling);
      exact.set(key, [...(exact.get(key) ?? []).filter((known) => known !== item), item]);
      loose.set(loosely(key), (loose.get(loosely(key)) ?? new Set()).add(item));
    }
  }
  const find = (text: string): readonly Item[] => {
    const keys = labelKeys(text);
    for (const key of keys) {
      const found = exact.get(key);
      if (found) return found;
    }
    const meant = keys.map(loosely).flatMap((key) => (key.length >= 2 ? [...(loose.get(key) ?? [])] : []));
    return new Set(meant).size === 1 ? meant.slice(0, 1) : [];
  };
  const findLately = rememberLately(find, 2_000);
  return (text) => (text.length > longestLabel ? [] : findLately(text)); // spares squeezing every story
}

const longestLabel = 60;
