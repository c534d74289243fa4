import type { Share } from '../application/application.ts';
import { Failure } from '../errors.ts';
import type { Notice } from '../notice/notice.ts';
import { storableJson } from './database.ts';

/** A share as its JSON column holds it: forms name their definition by code, for that is data of the round. */
export function packShare(share: Share): string {
  return storableJson({
    ...share,
    materials: share.materials.map(({ form, ...material }) => ({
      ...material,
      form: form && { ...form, definition: form.definition.code },
    })),
  });
}

/** @throws Failure (permanent) when the round no longer has a form that was read; a rerun reads the mail anew */
export function unpackShare(content: object, { forms }: Pick<Notice, 'forms'>): Share {
  const packed = content as Share;
  const definitions = new Map(forms.map((form) => [form.code, form]));
  const source = revived(packed.source);
  return {
    ...packed,
    toRead: packed.toRead ?? [], // a share from before these were looked for
    source,
    open: packed.open.map((question) => ({ ...question, source })),
    materials: packed.materials.map((material) => {
      if (!material.form) return { ...material, source };
      const code = material.form.definition as unknown as string;
      const definition = definitions.get(code);
      if (!definition)
        throw new Failure('permanent', `本批配置里已没有表格“${code}”，请对相关邮件执行重跑`, `form ${code} is gone`);
      return { ...material, source, form: { ...material.form, definition } };
    }),
  };
}

const revived = (source: Share['source']): Share['source'] => ({
  ...source,
  receivedAt: new Date(source.receivedAt),
});
