import type { Sign } from './drawn.ts';
import type { Box } from './lattice.ts';

/** Word's and WPS's room left and right of a cell's text, together. */
const padding = 11;

/** A sign without a shape: what the engine adds where a line was broken. */
const unseen = /^(?:(?!\t)\p{Cc}|\ufffe|\uffff)$/u;
export const isBreak = ({ text }: Sign) => unseen.test(text);

/** Signs of one printed line, left to right, with a space where a gap is wider than a sign. */
export function lineText(signs: readonly Sign[]): string {
  let text = '';
  let before: Sign | null = null;
  for (const sign of signs) {
    const height = sign.bottom - sign.top;
    if (before && sign.left - before.right > height * 0.7 && !text.endsWith(' ')) text += ' ';
    text += sign.text;
    before = sign;
  }
  return text.trim();
}

/**
 * What stands in a cell. A line that fills the cell goes on in the next one, as a long name or number does; a shorter
 * one was ended by whoever wrote it.
 */
export function cellText(signs: readonly Sign[], box: Box): string {
  let text = '';
  let before: Sign[] | null = null;
  for (const line of linesOf(signs)) {
    const said = lineText(line);
    if (said === '') continue;
    text += before && !fills(before, line, box) ? `\n${said}` : said;
    before = line;
  }
  return text;
}

function fills(line: readonly Sign[], next: readonly Sign[], box: Box): boolean {
  const [first, last, sign] = [line[0], line.at(-1), next[0]];
  if (!first || !last || !sign) return false;
  return box.right - box.left - padding - (last.right - first.left) < (sign.right - sign.left) * 1.3;
}

/** Signs on one height are a line; those of a line are told from left to right. */
function linesOf(signs: readonly Sign[]): Sign[][] {
  const lines: Sign[][] = [];
  const middle = ({ top, bottom }: Sign) => (top + bottom) / 2;
  for (const sign of [...signs].sort((a, b) => middle(a) - middle(b))) {
    const line = lines.at(-1);
    const first = line?.[0];
    if (line && first && middle(sign) - middle(first) < (first.bottom - first.top) / 2) line.push(sign);
    else lines.push([sign]);
  }
  return lines.map((line) => line.sort((a, b) => a.left - b.left));
}
