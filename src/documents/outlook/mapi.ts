import { decodeText } from '../../text/charset.ts';

/** Properties of a mail or attachment by their number ([MS-OXPROPS]), each with its values' bytes. */
export type Properties = Map<number, { type: number; values: Buffer[] }>;

/** Numbers of [MS-OXPROPS] that matter here. */
export const property = {
  subject: 0x0037,
  submitTime: 0x0039,
  senderName: 0x0c1a,
  senderAddress: 0x0c1f,
  senderSmtp: 0x5d01,
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  attachObject: 0x3701,
  attachName: 0x3704,
  attachLongName: 0x3707,
  displayName: 0x3001,
  contentId: 0x3712,
} as const;

const text8 = 0x1e;
const unicode = 0x1f;
const object = 0x0d;
const variable = [text8, unicode, 0x102, object];
const manyValues = 0x1000;
/** Bytes of a value of each fixed type, as it lies there, filled up to four. */
const fixed: Record<number, number> = {
  ...{ 2: 4, 3: 4, 4: 4, 10: 4, 11: 4 },
  ...{ 5: 8, 6: 8, 7: 8, 20: 8, 64: 8, 72: 16 },
};
const namedFrom = 0x8000;

/**
 * Reads the list of properties in a TNEF attribute ([MS-OXTNEF] 2.1.3.4).
 * @returns those up to the first that cannot be read; never throws
 */
export function readProperties(data: Buffer): Properties {
  const found: Properties = new Map();
  const cursor = { data, at: 0 };
  const count = number(cursor) ?? 0;
  for (let index = 0; index < count && cursor.at < data.length; index++) {
    const tag = number(cursor);
    if (tag === null) break;
    const [type, id] = [tag & 0xffff, tag >>> 16];
    if (id >= namedFrom) skipName(cursor);
    const values = valuesOf(cursor, type);
    if (values === null) break;
    if (!found.has(id)) found.set(id, { type: type & ~manyValues, values });
  }
  return found;
}

type Cursor = { data: Buffer; at: number };

function number(cursor: Cursor): number | null {
  if (cursor.at + 4 > cursor.data.length) return null;
  cursor.at += 4;
  return cursor.data.readUInt32LE(cursor.at - 4);
}

/** The name of a property without a number of its own: a GUID, then a number or a text. */
function skipName(cursor: Cursor): void {
  cursor.at += 16;
  const isText = number(cursor) === 1;
  const length = number(cursor) ?? 0;
  if (isText) cursor.at += padded(length);
}

function valuesOf(cursor: Cursor, tagged: number): Buffer[] | null {
  const type = tagged & ~manyValues;
  const isVariable = variable.includes(type);
  const count = isVariable || tagged & manyValues ? number(cursor) : 1;
  if (count === null) return null;
  const values: Buffer[] = [];
  for (let index = 0; index < count && cursor.at < cursor.data.length; index++) {
    const length = isVariable ? number(cursor) : fixed[type];
    if (length === null || length === undefined || cursor.at + length > cursor.data.length) return null;
    values.push(cursor.data.subarray(cursor.at, cursor.at + length));
    cursor.at += padded(length);
  }
  return values;
}

const padded = (length: number) => Math.ceil(length / 4) * 4;

/** A property as text; `charset` is that of 8-bit values. Empty when there is none. */
export function textOf(properties: Properties, id: number, charset: string | null): string {
  const { type, values } = properties.get(id) ?? {};
  const value = values?.[0];
  if (!value) return '';
  const text = type === unicode ? value.toString('utf16le') : decodeText(value, charset).text;
  return text.replace(/\0[\s\S]*$/, '');
}

/** The first value's bytes, those of an object without the 16 that name its interface. */
export function bytesOf(properties: Properties, id: number): Buffer | null {
  const { type, values } = properties.get(id) ?? {};
  const value = values?.[0];
  return value === undefined ? null : type === object ? value.subarray(16) : value;
}

/** 100 nanoseconds since 1601, in UTC. */
export function timeOf(properties: Properties, id: number): Date | null {
  const value = properties.get(id)?.values[0];
  if (value?.length !== 8) return null;
  const time = new Date(Number(value.readBigUInt64LE(0) / 10_000n) - 11_644_473_600_000);
  return Number.isNaN(time.getTime()) ? null : time;
}
