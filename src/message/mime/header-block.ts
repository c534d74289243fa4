import { limits } from './limits.ts';

/** One header as received: name in lower case, value unfolded, one character per byte (latin1). */
export type Field = { name: string; raw: string };

export type HeaderBlock = { fields: Field[]; bodyStart: number; cut: boolean };

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;
const fieldName = /^([!-9;-~]+)[ \t]*:/;

/**
 * Reads the headers that begin at `start`, up to the first empty line (CRLF or bare LF), the end of the mail, or a line
 * that begins with `--`: no header does, but a boundary where the sender left the empty line out. A block whose first
 * line is no header has no headers at all: the part begins with its text. Later lines without a colon are passed over,
 * as folds that a broken client forgot to indent.
 *
 * @returns `bodyStart`: offset of the first byte after the empty line; `cut`: the block was longer than the limit
 */
export function readHeaderBlock(raw: Buffer, start: number): HeaderBlock {
  const end = endOfHeaders(raw, start);
  const last = Math.min(end.headers, start + limits.headerBytes);
  const text = raw.toString('latin1', start, last);
  if (!startsWithField(text)) return { fields: [], bodyStart: end.headers === start ? end.body : start, cut: false };
  return { fields: fieldsOf(text), bodyStart: end.body, cut: last < end.headers };
}

/** A mailbox file's `From ` line may stand above the first header; `>From ` is its escaped form. */
function startsWithField(text: string): boolean {
  return fieldName.test(text) || /^>?From /.test(text);
}

function endOfHeaders(raw: Buffer, start: number): { headers: number; body: number } {
  for (let line = start; line < raw.length; ) {
    const feed = raw.indexOf(LF, line);
    const next = feed < 0 ? raw.length : feed + 1;
    if (raw[line] === LF || (raw[line] === CR && raw[line + 1] === LF)) return { headers: line, body: next };
    if (raw[line] === DASH && raw[line + 1] === DASH) return { headers: line, body: line };
    line = next;
  }
  return { headers: raw.length, body: raw.length };
}

function fieldsOf(text: string): Field[] {
  const fields: Field[] = [];
  for (const line of text.split(/\r?\n/)) {
    const open = fields.at(-1);
    if (/^[ \t]/.test(line)) {
      if (open) open.raw += line;
      continue;
    }
    const match = fieldName.exec(line);
    if (match) fields.push({ name: (match[1] ?? '').toLowerCase(), raw: line.slice(match[0].length) });
  }
  return fields;
}

/** The raw value of the first header of that name, or null. */
export function firstField(fields: Field[], name: string): string | null {
  return fields.find((field) => field.name === name)?.raw ?? null;
}
