import { decoded } from './entities.ts';

/** Attributes of one element as they stand in its tag; read with `attribute`. */
export type Attributes = string;

/** The value of the attribute with this local name, whatever its prefix; null where it stands not. */
export function attribute(attributes: Attributes, local: string): string | null {
  if (!attributes.includes(local)) return null;
  const each = /\s*([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
  for (let found = each.exec(attributes); found; found = each.exec(attributes)) {
    const [, name = '', doubly, singly = ''] = found;
    if (name === local || name.endsWith(`:${local}`)) return decoded((doubly ?? singly).replace(/[\t\n\r]/g, ' '));
  }
  return null;
}

/** An on/off value of OOXML: present without a value means on. */
export function isOn(attributes: Attributes): boolean {
  return !['0', 'false', 'off'].includes(attribute(attributes, 'val') ?? '1');
}
