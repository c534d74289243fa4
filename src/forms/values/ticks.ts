import { squeeze } from '../../text/squeeze.ts';

const tick = /[☑√✓✔☒■●]/;
const marks = /([□☐○◯▢☑√✓✔☒■●]+)/;

/**
 * The options of a cell that are ticked: `□四级 ☑三级`, `四级□ 三级√` and `四级( ) 三级(√)` all say 三级. The box stands
 * before its word when the cell begins with one.
 *
 * @returns '' when there are boxes and none is ticked, null when the cell has no boxes
 */
export function ticked(text: string): string | null {
  const bare = squeeze(text)
    .replace(/\(\)/g, '□')
    .replace(/\(([√✓✔])\)/g, '$1');
  const pieces = bare.split(marks); // word, marks, word, marks, … word
  if (pieces.length === 1) return null;
  const wordAt = pieces[0] === '' ? 1 : -1;
  return pieces
    .flatMap((piece, index) => (index % 2 === 1 && tick.test(piece) ? (pieces[index + wordAt] ?? '') : []))
    .join(' ');
}
