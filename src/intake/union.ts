import type { UnionNamed } from '../application/application.ts';
import { type Form, textOf } from '../forms/form.ts';
import type { WrittenMail } from '../message/mail.ts';
import { findUnion, matchUnion } from '../notice/match-union.ts';
import type { Notice } from '../notice/notice.ts';
import type { Union } from '../notice/roster.ts';
import { squeeze } from '../text/squeeze.ts';

/**
 * Who recommends. What the forms say under 推荐单位 comes first, then subject, file names, the letter and the sender's
 * name. A body that is not on the roster is kept as written and known to be unknown: a person looks, nobody is refused.
 */
export function unionOf(
  forms: readonly Form[],
  mail: WrittenMail,
  paths: readonly string[],
  notice: Notice,
): UnionNamed | null {
  const listed = forms.map((form) => listedUnion(writtenUnion(form) ?? '', notice)).find((union) => union !== null);
  if (listed) return named(listed);
  const [first] = forms.flatMap((form) => statedUnion(form) ?? []);
  if (first) return { name: first, known: false, quota: notice.quota.unlistedUnion };
  const elsewhere =
    findUnion(mail.subject, notice, 'title') ??
    findUnion(paths.join(' '), notice, 'title') ??
    findUnion(mail.text, notice, 'body') ??
    findUnion(mail.from?.name ?? '', notice, 'title');
  return elsewhere ? named(elsewhere) : null;
}

/** The form's own word for who recommends, without the seal's place. */
export function statedUnion(form: Form): string | null {
  const text = writtenUnion(form);
  return text === null
    ? null
    : squeeze(text)
        .replace(/\((盖章|公章|签章|章)\)/g, '')
        .replace(/[_:：]+/g, '') || null;
}

/**
 * The union on the roster that a 推荐单位 means. Two seals stand there with a gap between them (中站区总工会　　中站区人社局):
 * each is tried, if it calls itself a union; 孟州市 before a works' name is only where the works stands.
 */
function listedUnion(text: string, notice: Notice): Union | null {
  const seals = text.split(/\s+/).filter((part) => {
    const bare = squeeze(part).replace(/\([^()]*\)$/, '');
    return notice.unionNames.suffixes.some((suffix) => bare.endsWith(suffix));
  });
  return [squeeze(text), ...seals].map((each) => matchUnion(each, notice)).find((union) => union !== null) ?? null;
}

function writtenUnion(form: Form): string | null {
  const field = form.definition.fields.find(({ type }) => type === 'union');
  return field ? textOf(form, field.key) : null;
}

const named = ({ name, quota }: Union): UnionNamed => ({ name, known: true, quota });
