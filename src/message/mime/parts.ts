import { type Field, firstField, readHeaderBlock } from './header-block.ts';
import { limits } from './limits.ts';
import { readParameters } from './parameters.ts';

/** A leaf of the MIME tree, its body still transfer-encoded. */
export type Part = {
  fields: Field[];
  body: Buffer;
  /** Number of the multipart/alternative it stands in, or null: its neighbours there say the same in another format. */
  alternative: number | null;
  /** `opaque`: a multipart that lies too deep to be opened; `bare`: a multipart in which no boundary was met. */
  kind: 'leaf' | 'opaque' | 'bare';
};

export type Split = { fields: Field[]; parts: Part[]; troubles: string[] };

type Frame = {
  boundary: string | null;
  fields: Field[];
  bodyStart: number;
  alternative: number | null;
  entities: number;
};
type OpenLeaf = { fields: Field[]; bodyStart: number; kind: Part['kind'] };
type Walk = {
  raw: Buffer;
  frames: Frame[];
  /** Boundary → index of the innermost open multipart that has it. */
  levels: Map<string, number>;
  parts: Part[];
  troubles: Set<string>;
  alternatives: number;
};
type Delimiter = { start: number; next: number; level: number; closes: boolean };

const dashes = Buffer.from('\n--');
const maxBoundary = 1_000;

/**
 * Takes a mail apart in one walk over its bytes: only lines that begin with `--` are looked at, each against all open
 * boundaries, so a missing closing boundary, a preamble or wrong nesting costs nothing and the time is linear.
 *
 * @param raw the mail as received; CRLF, bare LF or both
 * @returns the mail's own header fields and its leaves in order; never throws; `troubles` in Chinese when a limit cut
 */
export function splitParts(raw: Buffer): Split {
  const walk: Walk = { raw, frames: [], levels: new Map(), parts: [], troubles: new Set(), alternatives: 0 };
  const top = enter(walk, firstByte(raw));
  let leaf = top.leaf;
  let from = top.bodyStart;
  for (let entities = 0; ; ) {
    const delimiter = nextDelimiter(walk, from);
    if (leaf) closeLeaf(walk, leaf, delimiter?.start ?? raw.length);
    leaf = null;
    if (!delimiter) break;
    closeFrames(walk, delimiter.closes ? delimiter.level : delimiter.level + 1, delimiter.start);
    from = delimiter.next;
    if (delimiter.closes) continue;
    if (++entities > limits.parts) {
      walk.troubles.add(`邮件的部分超过 ${limits.parts} 个，后面的没有拆开，请下载原邮件查看`);
      break;
    }
    const entity = enter(walk, delimiter.next);
    leaf = entity.leaf;
    from = entity.bodyStart;
  }
  closeFrames(walk, 0, raw.length);
  return { fields: top.fields, parts: walk.parts, troubles: [...walk.troubles] };
}

/** Mails saved by hand may begin with a byte-order mark or empty lines; the headers are below. */
function firstByte(raw: Buffer): number {
  let at = raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf ? 3 : 0;
  while (raw[at] === 0x0a || raw[at] === 0x0d) at++;
  return at;
}

/** Reads an entity's headers; opens a frame for a multipart, or says that a leaf begins. */
function enter(walk: Walk, start: number): { fields: Field[]; bodyStart: number; leaf: OpenLeaf | null } {
  const { fields, bodyStart, cut } = readHeaderBlock(walk.raw, start);
  if (cut) walk.troubles.add('邮件头超过 1 MB，超出的部分没有读，请下载原邮件查看');
  const parent = walk.frames.at(-1);
  if (parent) parent.entities++;
  const type = firstField(fields, 'content-type') ?? '';
  if (!/^\s*multipart\//i.test(type)) return { fields, bodyStart, leaf: { fields, bodyStart, kind: 'leaf' } };
  if (walk.frames.length >= limits.depth) {
    walk.troubles.add(`邮件嵌套超过 ${limits.depth} 层，更深的部分没有拆开，请下载原邮件查看`);
    return { fields, bodyStart, leaf: { fields, bodyStart, kind: 'opaque' } };
  }
  pushFrame(walk, fields, bodyStart, type);
  return { fields, bodyStart, leaf: null };
}

function pushFrame(walk: Walk, fields: Field[], bodyStart: number, type: string): void {
  const { value, parameters } = readParameters(type);
  const boundary = parameters.get('boundary')?.trimEnd() || null;
  const outer = walk.frames.at(-1)?.alternative ?? null;
  const alternative = value === 'multipart/alternative' && outer === null ? walk.alternatives++ : outer;
  walk.frames.push({ boundary, fields, bodyStart, alternative, entities: 0 });
  if (boundary !== null) walk.levels.set(boundary, walk.frames.length - 1);
}

/** Ends every multipart from `level` inwards. One in which no boundary was ever met is text, or nothing would be left. */
function closeFrames(walk: Walk, level: number, end: number): void {
  if (level >= walk.frames.length) return;
  for (const frame of walk.frames.splice(level).reverse()) {
    if (frame.entities > 0) continue;
    closeLeaf(walk, { fields: frame.fields, bodyStart: frame.bodyStart, kind: 'bare' }, end);
  }
  walk.levels = new Map(walk.frames.flatMap(({ boundary }, index) => (boundary === null ? [] : [[boundary, index]])));
}

/** The line break before a boundary belongs to the boundary (RFC 2046 §5.1.1). */
function closeLeaf(walk: Walk, leaf: OpenLeaf, end: number): void {
  const { raw } = walk;
  let last = end;
  if (end < raw.length && last > leaf.bodyStart && raw[last - 1] === 0x0a) last--;
  if (end < raw.length && last > leaf.bodyStart && raw[last - 1] === 0x0d) last--;
  const body = raw.subarray(leaf.bodyStart, Math.max(last, leaf.bodyStart));
  const alternative = walk.frames.at(-1)?.alternative ?? null;
  walk.parts.push({ fields: leaf.fields, body, alternative, kind: leaf.kind });
}

function nextDelimiter(walk: Walk, from: number): Delimiter | null {
  if (walk.frames.length === 0) return null;
  for (let at = walk.raw.indexOf(dashes, Math.max(0, from - 1)); at >= 0; at = walk.raw.indexOf(dashes, at + 1)) {
    const feed = walk.raw.indexOf(0x0a, at + 3);
    const to = feed < 0 ? walk.raw.length : feed;
    const delimiter = delimiterAt(walk, at + 1, to, feed < 0 ? to : feed + 1);
    if (delimiter) return delimiter;
  }
  return null;
}

/** Is the line `from`–`to`, which begins with `--`, a boundary of an open multipart? */
function delimiterAt(walk: Walk, from: number, to: number, next: number): Delimiter | null {
  if (to - from > maxBoundary || walk.raw[from + 1] !== 0x2d) return null;
  const line = walk.raw.toString('latin1', from + 2, to).trimEnd();
  const level = walk.levels.get(line);
  if (level !== undefined) return { start: from, next, level, closes: false };
  const closing = line.endsWith('--') ? walk.levels.get(line.slice(0, -2)) : undefined;
  if (closing !== undefined) return { start: from, next, level: closing, closes: true };
  return adopted(walk, line) ? { start: from, next, level: walk.frames.length - 1, closes: false } : null;
}

/** A multipart that names no boundary, or an empty one, has the first `--` line in it for its boundary. */
function adopted(walk: Walk, line: string): boolean {
  const frame = walk.frames.at(-1);
  if (!frame || frame.boundary !== null) return false;
  frame.boundary = line;
  walk.levels.set(line, walk.frames.length - 1);
  return true;
}
