import type { Cell, Grid } from '../documents/document.ts';
import type { FieldDefinition, FormDefinition } from '../notice/form-schema.ts';
import type { ValueWords } from '../notice/words.ts';
import { madeOnce } from '../text/made-once.ts';
import { squeeze } from '../text/squeeze.ts';
import { isBlank } from './blank.ts';
import type { FieldValue, Value } from './form.ts';
import { type GridWalk, locationOf, walk } from './grid.ts';
import { headRowsOf } from './head-rows.ts';
import { labelIndex, labelKeys } from './label.ts';
import { inlineValues } from './read-lines.ts';

export type FieldsFound = { fields: FieldValue[]; unknown: { label: string; value: string; location: string }[] };

/**
 * Reads the fields of one grid by their labels: the value stands to the right, below, or in the label's own cell after
 * a colon. A cell's position in the sheet is never relied on.
 *
 * @param skip rows that belong to a list, where a column head like 姓名 is no field
 */
export function readFields(
  grid: Grid,
  definition: FormDefinition,
  words: ValueWords,
  skip: (row: number) => boolean,
): FieldsFound {
  const lookUp = fieldIndex(definition);
  const paths = walk(grid);
  const columnNamed = columnIndex(definition);
  const isGroup = groupWords(definition);
  const holdsGrouped = (cell: Cell | null) => cell !== null && lookUp(cell.text).some(({ under }) => under);
  const isLabel = (cell: Cell | null) =>
    cell !== null &&
    (lookUp(cell.text).length > 0 ||
      isGroup(cell.text) ||
      columnNamed(cell.text).length > 0 ||
      skip(cell.row) ||
      bringsOwnLabel(cell.text, lookUp));
  const heads = headRowsOf(paths, lookUp, words);
  const found: FieldsFound = { fields: [], unknown: [] };
  for (const cell of grid.cells) {
    if (cell.text === '' || skip(cell.row)) continue;
    const field = chooseField(lookUp(cell.text), cell, paths) ?? photoPlace(cell, definition);
    if (field && !field.under && isGroup(cell.text) && holdsGrouped(paths.right(cell))) continue; // 技术创新成果（项） over its own levels
    if (field) found.fields.push(readField(field, cell, answerOf(cell, paths, isLabel, heads.has(cell.row)), words));
    else if (!cell.holdsGrid) found.fields.push(...inlineValues(cell.text, cell.location, definition, words));
    if (!field && !heads.has(cell.row)) found.unknown.push(...unknownLabel(cell, paths, isLabel));
  }
  return found;
}

/** 主要荣誉 and 专利成果 beside the fields they hold together: labels of no field, and nobody's value. */
const groupWords = madeOnce(({ fields }: FormDefinition) => {
  const words = new Set(fields.flatMap(({ under = [] }) => under.map(squeeze)));
  return (text: string) => text.length <= 60 && labelKeys(text).some((key) => words.has(key));
});

const fieldIndex = madeOnce(({ fields }: FormDefinition) => labelIndex(fields));
const columnIndex = madeOnce(({ tables }: FormDefinition) => labelIndex(tables.flatMap(({ columns }) => columns)));

/** `现岗位：焊工`: a cell that brings its own label is no value of its neighbour. */
function bringsOwnLabel(text: string, lookUp: (text: string) => readonly FieldDefinition[]): boolean {
  const colon = text.slice(0, 40).search(/[:：]/);
  return colon > 0 && lookUp(text.slice(0, colon)).length > 0;
}

const figures: readonly FieldDefinition['type'][] = ['birth', 'date', 'start_date', 'phone', 'id_number'];

/** 出生年月（1975.03） with nothing beside it: typed where the form has room for the age, and filled in all the same. */
function readField(field: FieldDefinition, { text, location }: Cell, beside: Value, words: ValueWords): FieldValue {
  const value = fieldValue(field, text, beside, words);
  const inside = /[(（]([\d\s年月日.\-/X至今起]*\d{4}[\d\s年月日.\-/X至今起]*)[)）]\s*[:：]?$/i.exec(text)?.[1]?.trim();
  if (!value.blank || inside === undefined || !figures.includes(field.type)) return value;
  const label = text.slice(0, text.search(/[(（][^(（]*$/));
  return fieldValue(field, label, { text: inside, value: inside, date: null, location }, words);
}

export function fieldValue(field: FieldDefinition, label: string, value: Value, words: ValueWords): FieldValue {
  return { key: field.key, label: label.replace(/\s+/g, ''), ...value, blank: isBlank(value.text, field.type, words) };
}

/** A label that several groups share (国家级) belongs to the group that it names (国家级荣誉) or stands beside or below. */
function chooseField(candidates: readonly FieldDefinition[], cell: Cell, paths: GridWalk): FieldDefinition | null {
  const grouped = candidates.filter(({ under }) => under);
  const named = squeeze(cell.text);
  const group =
    grouped.find(
      ({ under, label }) => named !== squeeze(label) && (under ?? []).some((word) => named.includes(squeeze(word))),
    ) ?? grouped.find(({ under }) => (under ?? []).some((word) => standsUnder(cell, squeeze(word), paths)));
  return group ?? candidates.find(({ under }) => !under) ?? null;
}

/** `贴2寸彩色免冠照片处` names no field to the letter, but it can only be the place of the photo; a sentence tells how to fill it. */
function photoPlace(cell: Cell, { fields }: FormDefinition): FieldDefinition | null {
  const bare = squeeze(cell.text);
  return bare.length > 40 || bare.includes('。')
    ? null
    : (fields.find(({ type, label }) => type === 'photo' && bare.includes(squeeze(label))) ?? null);
}

/** Whether a cell to the left in this row, or above in this column, begins with the group's word. */
function standsUnder(cell: Cell, group: string, paths: GridWalk): boolean {
  if (paths.left(cell).some(({ text }) => squeeze(text).startsWith(group))) return true;
  for (let row = cell.row - 1; row >= Math.max(1, cell.row - 3); row--) {
    const above = paths.at(row, cell.column);
    if (above && above.columnSpan > 1 && squeeze(above.text).startsWith(group)) return true;
  }
  return false;
}

/**
 * Right, unless another label stands there; then below; a label with a gap beside it has an empty value there. In a row
 * of heads below and nowhere else.
 */
function answerOf(label: Cell, paths: GridWalk, isLabel: (cell: Cell | null) => boolean, isHead: boolean): Value {
  if (isHead) return paths.below(label) ?? emptyAt(label.row + label.rowSpan, label.column, label);
  const right = paths.right(label);
  if (right && !isLabel(right)) return right;
  const below = paths.below(label);
  const aligned = below !== null && below.column === label.column && below.columnSpan === label.columnSpan;
  const inHeadRow = right !== null || paths.left(label).every(isLabel);
  if (below && aligned && !isLabel(below) && !endsForm(below.text) && inHeadRow) return below;
  const next = label.column + label.columnSpan;
  const isInOwnCell = next > paths.width || (right !== null && /[:：]$/.test(label.text)); // another's cell is not its place
  return emptyAt(label.row, isInOwnCell ? label.column : next, label);
}

/** 填表说明： below the last box is nobody's value. */
const endsForm = (text: string) =>
  /^(?:(?:填表|填报|注|备注)?(?:说明|须知|注)?[:：]$|(?:(?:填表|填报)(?:说明|须知)|说明|备注|注)[:：])/.test(
    squeeze(text),
  );

const emptyAt = (row: number, column: number, neighbour: Cell): Value => ({
  text: '',
  value: null,
  date: null,
  location: locationOf(row, column, neighbour),
});

/** `血型 | A`: a short text no field knows, with a neighbour that is no label either. */
function unknownLabel(cell: Cell, paths: GridWalk, isLabel: (cell: Cell | null) => boolean): FieldsFound['unknown'] {
  const right = paths.right(cell);
  const short = /^[\p{Script=Han}（）()/、\s]{2,14}[:：]?$/u.test(cell.text);
  if (!short || !right || right.text === '' || isLabel(right) || isLabel(paths.left(cell).at(-1) ?? null)) return [];
  return [{ label: cell.text.replace(/\s+/g, ''), value: right.text, location: right.location }];
}
