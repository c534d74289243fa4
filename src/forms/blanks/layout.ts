import type { FieldDefinition, FormDefinition, TableDefinition } from '../../notice/form-schema.ts';

/** One cell of a blank form; columns count from 1 on a grid of `BlankForm.columns`. */
export type BlankCell = { text: string; role: 'label' | 'value'; column: number; columnSpan: number; rowSpan: number };
export type BlankRow = { heightMm: number; cells: BlankCell[] };

/** A form as it will be printed: Word and Excel draw the same. */
export type BlankForm = {
  title: string;
  page: 'A3' | 'A4';
  /** A3 across, folded: cover and notes outside, the table inside in two columns. */
  folded: boolean;
  landscape: boolean;
  /** Label and value of what stands above the table, or on the cover. */
  head: { label: string; value: string }[];
  columns: number;
  /** How wide the columns are, compared with one another. */
  widths: number[];
  rows: BlankRow[];
  notes: string[];
};

/** What is known already: fields by key, and rows of the first printed table. */
export type Known = { fields: Record<string, string>; rows?: Record<string, string>[] };

const units = 12;
const emptyRows = 10;
const long = new Set<FieldDefinition['type']>(['long_text', 'opinion', 'office_opinion']);

/**
 * Lays out a blank form from its definition. Lists are a table across the page, forms two fields a row with the photo at
 * the upper right and long answers and opinions over the whole width.
 *
 * @param prefilled the words that say which fields we filled in, so that the form coming back like
 *   this is still blank; null when it is a person who filled them in
 */
export function layBlank(definition: FormDefinition, known: Known, prefilled: string | null): BlankForm {
  const fields = definition.fields.filter(({ printed }) => printed);
  const table = definition.tables.find(({ printed }) => printed);
  const isList = table !== undefined && fields.every(({ required }) => !required);
  const onCover = ({ key, type }: FieldDefinition) => definition.cover.includes(key) || (isList && type !== 'photo');
  const said = fields.filter(({ key }) => known.fields[key]).map(({ label }) => label);
  const body = fields.filter((field) => !onCover(field));
  const tableRows = table ? listRows(table, known.rows ?? []) : [];
  const columns = table && isList ? table.columns.length : units;
  return {
    title: definition.titles[0] ?? '',
    page: definition.page ?? 'A4',
    folded: definition.page === 'A3',
    landscape: isList || definition.page === 'A3',
    head: fields.filter(onCover).map(({ key, label }) => ({ label, value: known.fields[key] ?? '' })),
    columns,
    widths: table && isList ? table.columns.map(columnWidth) : Array(units).fill(1),
    rows: [...fieldRows(body, known.fields), ...(isList ? tableRows : stretch(tableRows, table?.columns.length ?? 1))],
    notes: [
      ...definition.notes,
      ...(prefilled && said.length > 0 ? [`${prefilled}：${said.join('、')}，请核对并补填其余栏目。`] : []),
    ],
  };
}

const label = (text: string, column: number, columnSpan: number, rowSpan = 1): BlankCell => ({
  text,
  role: 'label',
  column,
  columnSpan,
  rowSpan,
});
const value = (text: string, column: number, columnSpan: number, rowSpan = 1): BlankCell => ({
  ...label(text, column, columnSpan, rowSpan),
  role: 'value',
});

/** Runs of fields that are laid the same way, in the definition's order. */
function fieldRows(fields: readonly FieldDefinition[], known: Record<string, string>): BlankRow[] {
  const photo = fields.find(({ type }) => type === 'photo');
  const rows: BlankRow[] = [];
  let waiting: FieldDefinition[] = [];
  const flush = () => {
    rows.push(...(waiting[0]?.under ? groupRows(waiting, known) : pairRows(waiting, known, rows.length === 0, photo)));
    waiting = [];
  };
  for (const field of fields) {
    if (field.type === 'photo') continue;
    if (long.has(field.type) || waiting[0]?.under?.[0] !== field.under?.[0]) flush();
    if (long.has(field.type)) rows.push(longRow(field, known));
    else waiting.push(field);
  }
  flush();
  return rows;
}

const photoRows = 4;

/** Two fields a row; the first rows leave the right edge to the photo. */
function pairRows(
  fields: readonly FieldDefinition[],
  known: Record<string, string>,
  isTop: boolean,
  photo: FieldDefinition | undefined,
): BlankRow[] {
  const rows: BlankRow[] = [];
  for (let at = 0; at < fields.length; at += 2) {
    const narrow = isTop && photo && rows.length < photoRows ? 2 : 0;
    const pair = fields.slice(at, at + 2);
    const width = units - narrow;
    const half = width / 2;
    const cells = pair.flatMap((field, index) => {
      const start = 1 + index * half;
      const span = pair.length === 1 ? width - 2 : half - 2;
      return [label(field.label, start, 2), value(known[field.key] ?? '', start + 2, span)];
    });
    if (narrow && rows.length === 0 && photo)
      cells.push(
        label(
          `${photo.label}\n（2寸彩色，请粘贴电子照片）`,
          width + 1,
          narrow,
          Math.min(photoRows, Math.ceil(fields.length / 2)),
        ),
      );
    rows.push({ heightMm: 12, cells });
  }
  return rows;
}

/** Fields that share a group (国家级, 省部级, 市级 under 主要荣誉): its word at the left, three a row. */
function groupRows(fields: readonly FieldDefinition[], known: Record<string, string>): BlankRow[] {
  const rows: BlankRow[] = [];
  const height = Math.ceil(fields.length / 3);
  for (let at = 0; at < fields.length; at += 3) {
    const part = fields.slice(at, at + 3);
    const each = Math.floor((units - 2) / part.length);
    const cells = part.flatMap((field, index) => {
      const start = 3 + index * each;
      const end = index === part.length - 1 ? units : start + each - 1;
      return [label(field.label, start, 2), value(known[field.key] ?? '', start + 2, end - start - 1)];
    });
    if (at === 0) cells.unshift(label(fields[0]?.under?.[0] ?? '', 1, 2, height));
    rows.push({ heightMm: 12, cells });
  }
  return rows;
}

function longRow(field: FieldDefinition, known: Record<string, string>): BlankRow {
  const isOpinion = field.type !== 'long_text';
  const text = known[field.key] ?? (isOpinion ? '\n\n（盖章）　　　　年　　月　　日' : '');
  const heightMm = isOpinion ? 26 : field.required ? 100 : 70;
  return { heightMm, cells: [label(field.label, 1, 2), value(text, 3, units - 2)] };
}

/** The head of a list, known rows, and numbered empty ones. */
function listRows({ columns }: TableDefinition, rows: readonly Record<string, string>[]): BlankRow[] {
  const head = columns.map(({ label: text }, index) => label(text, index + 1, 1));
  const count = Math.max(emptyRows, rows.length);
  const body = Array.from({ length: count }, (_, at) =>
    columns.map(({ key, type }, index) =>
      value(type === 'sequence' ? String(at + 1) : (rows[at]?.[key] ?? ''), index + 1, 1),
    ),
  );
  return [head, ...body].map((cells) => ({ heightMm: 11, cells }));
}

/** A table below the fields of a form takes the whole width. */
function stretch(rows: BlankRow[], columns: number): BlankRow[] {
  const edge = (column: number) => Math.round(((column - 1) * units) / columns) + 1;
  return rows.map(({ heightMm, cells }) => ({
    heightMm,
    cells: cells.map((cell) => ({
      ...cell,
      column: edge(cell.column),
      columnSpan: edge(cell.column + 1) - edge(cell.column),
    })),
  }));
}

function columnWidth({ type, label: text }: TableDefinition['columns'][number]): number {
  if (type === 'sequence') return 1;
  return type === 'patent_number' || /名称|部门/.test(text) ? 4 : 2.4;
}
