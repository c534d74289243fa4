import type { Cell } from '../documents/document.ts';
import type { FieldDefinition, FieldType } from '../notice/form-schema.ts';
import type { ValueWords } from '../notice/words.ts';
import { squeeze } from '../text/squeeze.ts';
import type { GridWalk } from './grid.ts';
import { readSex } from './values/count.ts';
import { readDate } from './values/date.ts';
import { readSkillLevel } from './values/level.ts';

type Labelled = { cell: Cell; type: FieldType };

/**
 * The rows whose labels have their values below them, and not to the right: the next row holds no labels, and what
 * stands there suits them better, or is empty under a row without a gap. A label nobody knows (家庭住址) among them must
 * not pass for its neighbour's value.
 *
 * @param lookUp the fields a text may be the label of
 */
export function headRowsOf(
  paths: GridWalk,
  lookUp: (text: string) => readonly FieldDefinition[],
  words: ValueWords,
): ReadonlySet<number> {
  const labelled = new Map(
    paths.rows.map((cells) => [
      cells[0]?.row ?? 0,
      cells.flatMap((cell): Labelled[] => {
        const [field] = lookUp(cell.text);
        return field ? [{ cell, type: field.type }] : [];
      }),
    ]),
  );
  const rows = [...labelled].filter(([, labels]) => labels.length >= 2 && isHead(labels, labelled, paths, words));
  return new Set(rows.map(([row]) => row));
}

function isHead(
  labels: Labelled[],
  labelled: ReadonlyMap<number, Labelled[]>,
  paths: GridWalk,
  words: ValueWords,
): boolean {
  const nextRow = Math.max(...labels.map(({ cell }) => cell.row + cell.rowSpan));
  if ((labelled.get(nextRow) ?? []).length > 0) return false;
  const isLabel = (cell: Cell | null) => labels.some((label) => label.cell === cell);
  const right = labels.map(({ cell }) => paths.right(cell));
  const below = labels.map(({ cell }) => paths.below(cell));
  const suits = (cells: (Cell | null)[]) =>
    cells.filter((cell, at) => cell && !isLabel(cell) && suitsType(cell, labels[at]?.type ?? 'text', words)).length;
  const neighbours = right.filter(isLabel).length;
  const score = suits(below) + neighbours - suits(right);
  return score > 0 && aligned(labels, below) && (suits(below) > 0 || noGap(labels, right));
}

/** Values stand just under their labels, as wide as they are; an empty sheet has no cells there at all. */
const aligned = (labels: Labelled[], below: (Cell | null)[]) =>
  labels.every(({ cell }, at) => {
    const under = below[at];
    return !under || (under.column === cell.column && under.columnSpan === cell.columnSpan);
  });

/** Between the first label and the last no cell is empty: there is no room for values in this row. */
const noGap = (labels: Labelled[], right: (Cell | null)[]) =>
  labels.slice(0, -1).every((_, at) => right[at] && squeeze(right[at]?.text ?? '') !== '');

/** Whether a text can be a value of this type; types that anything suits say nothing. */
function suitsType({ text, date }: Cell, type: FieldType, words: ValueWords): boolean {
  const bare = squeeze(text);
  if (type === 'sex') return readSex(text) !== null;
  if (type === 'birth' || type === 'date' || type === 'start_date') return readDate(text, date) !== null;
  if (type === 'id_number') return /\d{14}/.test(bare);
  if (type === 'phone') return /\d{7}/.test(bare.replace(/-/g, ''));
  if (type === 'skill_level') return bare.length <= 40 && readSkillLevel(text, words) !== null;
  if (type === 'count' || type === 'number') return /^\d/.test(bare);
  return false;
}
