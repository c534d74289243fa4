import type { Cell } from '../documents/document.ts';
import type { FormDefinition } from '../notice/form-schema.ts';
import { madeOnce } from '../text/made-once.ts';
import { squeeze } from '../text/squeeze.ts';
import { labelIndex } from './label.ts';
import { fieldsNamed } from './read-lines.ts';
import type { Section } from './sections.ts';
import { headColumns } from './table-head.ts';

const enough = 5;
const clearlyMore = 1.5;
const titlePoints = 6;
/** A title alone is a mention: the notice names all its annexes. Text without a table needs more labels beside it. */
const besideTitle = { grid: 1, text: 2.5 };

type Labelled = { key: string; label: string; synonyms: string[] };
type Title = { text: string; location: string };
export type Recognised = { definition: FormDefinition; title: Title | null };

/**
 * Which of the round's forms a section is, by its title and its labels, never by position or file name. A label that
 * only one form has weighs three times one that several share (姓名, 性别). Null when nothing is clearly ahead.
 */
export function recognise(section: Section, forms: readonly FormDefinition[]): Recognised | null {
  const titled = titleOf(section, forms);
  const scores = forms
    .map((definition) => {
      const points = labelPoints(section, definition, forms);
      const mentioned = points < (section.grid ? besideTitle.grid : besideTitle.text);
      return { definition, points: mentioned ? 0 : points + (titled?.definition === definition ? titlePoints : 0) };
    })
    .sort((a, b) => b.points - a.points);
  const [best, next] = scores;
  if (!best || best.points < enough || best.points - (next?.points ?? 0) < clearlyMore) return null;
  return { definition: best.definition, title: titled?.definition === best.definition ? titled.title : null };
}

/** The form whose title stands nearest above the table (a notice names all its annexes), or in the sheet's first rows or name. */
export function titleOf(
  section: Section,
  forms: readonly FormDefinition[],
): { definition: FormDefinition; title: Title } | null {
  const lines = titleLines(section).reverse();
  for (const [index, line] of lines.entries()) {
    const above = lines[index + 1];
    const alone = titledBy(line.text, forms);
    if (alone) return { definition: alone, title: { text: line.text.trim(), location: line.location } };
    const both = above && !titledBy(above.text, forms) ? titledBy(above.text + line.text, forms) : null; // 焦作工匠 / 推荐表
    if (above && both)
      return { definition: both, title: { text: above.text.trim() + line.text.trim(), location: above.location } };
  }
  return null;
}

/** The form with the longest title that a line contains. */
function titledBy(text: string, forms: readonly FormDefinition[]): FormDefinition | null {
  const bare = squeeze(text);
  const matches = forms.flatMap((definition) =>
    definition.titles
      .filter((title) => bare.includes(squeeze(title)))
      .map((title) => ({ definition, length: title.length })),
  );
  return matches.sort((a, b) => b.length - a.length)[0]?.definition ?? null;
}

/** The form whose title stands as a line of its own above a table, whatever its columns are called. */
export const titledAs = (section: Section, forms: readonly FormDefinition[]): FormDefinition | null =>
  titleOf(withLoneCells(section), forms)?.definition ?? null;

/** Lines and cells that head the form: a cell beside others in its row is an entry, as 2016年 under 获奖时间 is. */
export const headingsOf = (section: Section): Title[] => titleLines(withLoneCells(section));

/** Of the cells at the top those that have their row to themselves. */
function withLoneCells({ paragraphs, grid }: Section): Section {
  const top = topCells(grid);
  const alone = top.filter(({ row, text }) => !top.some((cell) => cell.row === row && cell.text !== text));
  return { paragraphs, grid: grid && { ...grid, cells: alone } };
}

/** Lines that may be a title, in reading order: short paragraphs, the sheet's name, the cells of its top. */
function titleLines({ paragraphs, grid }: Section): Title[] {
  const sheet = grid ? [{ text: grid.name, location: grid.name }] : [];
  return [...sheet, ...paragraphs, ...topCells(grid)]
    .filter(({ text }) => squeeze(text).length <= 40)
    .map(({ text, location }) => ({ text, location }));
}

/** The cells of the first three rows that say something: a sheet may begin with empty ones. */
function topCells(grid: Section['grid']): Cell[] {
  const said = (grid?.cells ?? []).filter(({ text }) => text !== '');
  const rows = [...new Set(said.map(({ row }) => row))].sort((a, b) => a - b).slice(0, 3);
  return said.filter(({ row }) => rows.includes(row));
}

/** What speaks for a form: its fields' labels, and its columns' in a table's head or, without a table, in the text. */
function labelPoints(section: Section, definition: FormDefinition, forms: readonly FormDefinition[]): number {
  const others = forms.filter((form) => form !== definition).map(everyLabel);
  const weigh = (text: string) => (others.some((lookUp) => lookUp(text).length > 0) ? 0.5 : 1.5);
  const { grid } = section;
  if (!grid) return linePoints(section, definition, weigh) + distinctPoints(section, columnLabels(definition), weigh);
  const fields = distinctPoints(section, fieldLabels(definition), weigh);
  const columns = definition.tables.flatMap((table) => headColumns(grid, table));
  return fields + sum(columns.map(({ label }) => weigh(label)));
}

/** 国家级 under 主要荣誉 is a label only beside its group; elsewhere it is a value of the other lists. */
const ownFields = ({ fields }: FormDefinition) => fields.filter(({ under }) => !under);
const columnsOf = ({ tables }: FormDefinition) => tables.flatMap(({ columns }) => columns);

const fieldLabels = madeOnce((form: FormDefinition) => labelIndex<Labelled>(ownFields(form)));
const columnLabels = madeOnce((form: FormDefinition) => labelIndex<Labelled>(columnsOf(form)));
const everyLabel = madeOnce((form: FormDefinition) => labelIndex<Labelled>([...ownFields(form), ...columnsOf(form)]));

/** What may be a label, whole and in pieces, each once: every form of the round looks through it. */
const labelsIn = madeOnce(({ paragraphs, grid }: Section) => {
  const short = [...(grid?.cells ?? []), ...paragraphs].filter(({ text }) => text.length <= 200);
  return new Set(short.flatMap(({ text }) => [text, ...text.split(/[:：\s_]+/)]));
});

/** Each item counts once, however often its label stands there. */
function distinctPoints(
  section: Section,
  lookUp: (text: string) => readonly Labelled[],
  weigh: (text: string) => number,
): number {
  const seen = new Map<string, number>();
  for (const text of labelsIn(section))
    for (const { key } of lookUp(text)) seen.set(key, Math.max(seen.get(key) ?? 0, weigh(text)));
  return sum([...seen.values()]);
}

/** Lines of text use labels spread with spaces and followed by values: 姓　　名 李建国 性　别 男. */
function linePoints({ paragraphs }: Section, definition: FormDefinition, weigh: (text: string) => number): number {
  const named = new Set(paragraphs.flatMap(({ text }) => (text.length > 200 ? [] : fieldsNamed(text, definition))));
  return sum([...named].map(({ label }) => weigh(label)));
}

const sum = (points: readonly number[]) => points.reduce((total, each) => total + each, 0);
