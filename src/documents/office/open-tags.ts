import { Unreadable } from '../unreadable.ts';
import type { Attributes } from './attributes.ts';

/** What a reader of one part wants to hear. Names are local: `w:p` of both OOXML namespaces arrives as `p`. */
export type XmlListener = {
  open?: (name: string, attributes: Attributes) => void;
  /** True for elements, by local name, that say nothing and never contain one of their own name: they are passed over. */
  passes?: (name: string) => boolean;
  close?: (name: string) => void;
  text?: (text: string) => void;
};

/** Word nests about seven elements a table in a cell; nothing a person made comes near this. */
const maxDepth = 1_000;

export const broken = () => new Unreadable('corrupt', '文件内部的 XML 读不通');

export type Tags = ReturnType<typeof openTags>;

/** The elements that are open, innermost last. A document has one root, and everything in it is closed. */
export function openTags({ open, close, passes }: XmlListener) {
  const names: string[] = [];
  const locals = new Map<string, string>();
  let hasRoot = false;
  const localOf = (name: string) => {
    const known = locals.get(name);
    if (known !== undefined) return known;
    const local = name.slice(name.indexOf(':') + 1);
    locals.set(name, local);
    return local;
  };
  return {
    passes: (name: string) => passes !== undefined && names.length > 0 && passes(localOf(name)),
    open(name: string, attributes: string) {
      if (names.length === 0 && hasRoot) throw broken();
      hasRoot = true;
      if (names.push(name) > maxDepth) throw new Unreadable('unsafe', `文件结构嵌套超过 ${maxDepth} 层`);
      open?.(localOf(name), attributes);
    },
    close() {
      const name = names.pop();
      if (name !== undefined) close?.(localOf(name));
    },
    innermost: () => names.at(-1),
    depth: () => names.length,
    isWhole: () => hasRoot && names.length === 0,
  };
}
