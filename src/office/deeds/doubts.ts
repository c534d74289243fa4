import type { Deed } from '../../review/acts.ts';
import { type Named, namedOf } from '../../store/application-numbers.ts';
import type { Db } from '../../store/database.ts';
import { squeeze } from '../../text/squeeze.ts';

/** What has to be confirmed before a deed is done, in Chinese, and the two applications that it is about. */
export type Doubt = { forPerson: string; one: Named; other: Named };

/**
 * A number mistyped by one digit names somebody else's application: two that are not called the same become one only when
 * the person has seen both names. The confirmation says the other's name, so that one given for another name counts for
 * nothing.
 *
 * @returns null when nothing has to be confirmed, or all that has to be was
 */
export async function doubtOf(tx: Db, deed: Deed): Promise<Doubt | null> {
  if (deed.kind !== 'merge') return null;
  const named = await namedOf(tx, [deed.number, deed.into]);
  const [one, other] = [deed.number, deed.into].map((number) => named.find((each) => each.number === number));
  if (!one || !other || isSameName(one, other)) return null;
  const { otherName } = deed;
  if (otherName !== undefined && squeeze(otherName) === squeeze(other.nominee ?? '')) return null;
  const how = one.nominee && other.nominee ? '两件的姓名不一样' : '两件里有姓名不明的';
  return { forPerson: `${how}：${sayNamed(one)}；${sayNamed(other)}。请先确认是同一个人，再并入`, one, other };
}

const isSameName = (one: Named, other: Named) =>
  one.nominee !== null && other.nominee !== null && squeeze(one.nominee) === squeeze(other.nominee);

const sayNamed = ({ number, nominee, union }: Named) =>
  `${number} 是${nominee ? `“${nominee}”` : '姓名不明的一件'}（${union ?? '推荐单位不明'}）`;
