import { type Cell, cell, head, type Table } from '../../../fixtures/make/table.ts';
import type { Sheet } from '../../../fixtures/make/xlsx.ts';
import { type Chance, type Person, pick } from './people.ts';
import { labels, titles } from './spellings.ts';

/** Where each value was drawn: the very cell of the table that holds it. `key` or `row/key` → cell. */
export type Drawn = { form: string; sheet: Sheet; truth: Map<string, { cell: Cell; value: string }> };

type Truth = Drawn['truth'];

const personFields: Record<string, string[]> = {
  recommendation_form: [
    'name',
    'sex',
    'nation',
    'birth',
    'politics',
    'idNumber',
    'unit',
    'post',
    'level',
    'start',
    'phone',
    'honours',
    'deeds',
    'officeOpinion',
  ],
  performance_sheet: [
    'name',
    'sex',
    'birth',
    'unit',
    'post',
    'level',
    'innovations',
    'patentsInvention',
    'patentsUtility',
    'benefit',
  ],
};
const long = new Set(['honours', 'deeds', 'officeOpinion']);
const spell = (chance: Chance, form: string, key: string) =>
  pick(chance, labels[`${form}.${key}`] ?? labels[key] ?? [key]);

/** One of the ways to lay out a form of labels and values. */
export function drawForm(form: string, person: Person, chance: Chance): Drawn {
  const truth: Truth = new Map();
  const keys = personFields[form] ?? [];
  const layout = pick(chance, ['left', 'left', 'left photo', 'one column', 'above'] as const);
  const make = (key: string, more: Omit<Cell, 'lines'> = {}): [Cell, Cell] => {
    const isSlip = person.slip?.code === 'field_blank' && person.slip.form === form && person.slip.key === key;
    const value = isSlip ? '' : (person.fields[key] ?? '');
    const own = cell(value.split('\n'), more);
    truth.set(key, { cell: own, value });
    return [head(spell(chance, form, key).split('\n')), own];
  };
  const short = keys.filter((key) => !long.has(key));
  const rows = layout === 'above' ? rowsAbove(short, make) : rowsLeft(short, make, layout);
  const width = layout === 'above' ? 4 : layout === 'one column' ? 2 : layout === 'left photo' ? 5 : 4;
  for (const key of keys.filter((each) => long.has(each))) rows.push(make(key, { across: width - 1 }));
  const table: Table = { widths: Array(width).fill(Math.floor(9600 / width)), rows };
  const above = [pick(chance, titles[form] ?? []), ...pick(chance, [[], ['推荐单位：解放区总工会']])];
  return {
    form,
    truth,
    sheet: {
      name: pick(chance, ['Sheet1', '表']),
      above,
      table,
      below: pick(chance, [[], ['填表说明：请用A3纸对折。']]),
    },
  };
}

type Make = (key: string, more?: Omit<Cell, 'lines'>) => [Cell, Cell];

function rowsLeft(keys: string[], make: Make, layout: 'left' | 'left photo' | 'one column'): Cell[][] {
  const rows: Cell[][] = [];
  const step = layout === 'one column' ? 1 : 2;
  for (let at = 0; at < keys.length; at += step) {
    const pair = keys.slice(at, at + step);
    const isAlone = step === 2 && pair.length === 1;
    const across = isAlone ? (layout === 'left photo' && rows.length >= 4 ? 4 : 3) : 1;
    const inPhoto = layout === 'left photo' && rows.length < 4;
    const cells = pair.flatMap((key, index) =>
      make(key, { across: index === 1 && layout === 'left photo' && !inPhoto ? 2 : across }),
    );
    if (layout === 'left photo' && rows.length === 0) cells.push(head(['照片', '（2寸彩色）'], { down: 4 }));
    rows.push(cells);
  }
  return rows;
}

/** Labels in one row, their values in the next. */
function rowsAbove(keys: string[], make: Make): Cell[][] {
  const rows: Cell[][] = [];
  for (let at = 0; at < keys.length; at += 4) {
    const four = keys.slice(at, at + 4).map((key) => make(key));
    const rest = Array.from({ length: 4 - four.length }, () => [head(''), cell('')] as [Cell, Cell]);
    rows.push(
      [...four, ...rest].map(([label]) => label),
      [...four, ...rest].map(([, value]) => value),
    );
  }
  return rows;
}

const listColumns: Record<string, string[]> = {
  innovation_list: ['number', 'title', 'award', 'awardLevel', 'issuer', 'date', 'rank'],
  patent_list: ['number', 'title', 'patentType', 'patentNumber', 'date', 'rank'],
};

/** A list: columns in any order, rows numbered beforehand, a note below; 无 where there is nothing to list. */
export function drawList(form: string, rows: Record<string, string>[], name: string, chance: Chance): Drawn {
  const truth: Truth = new Map();
  const [first = '', ...others] = listColumns[form] ?? [];
  const columns = [first, ...(chance() < 0.4 ? others.sort(() => chance() - 0.5) : others)];
  const body = rows.map((row, index) =>
    columns.map((key) => {
      const value = key === 'number' ? String(index + 1) : (row[key] ?? '');
      const own = cell(value);
      if (key !== 'number') truth.set(`${index}/${key}`, { cell: own, value });
      return own;
    }),
  );
  const none = rows.length === 0 ? [columns.map((_, index) => cell(index === 1 ? '无' : ''))] : [];
  const spare = Array.from({ length: pick(chance, [0, 3, 8]) }, (_, index) =>
    columns.map((_, at) => cell(at === 0 ? String(body.length + index + 1) : '')),
  );
  const note = pick(chance, [[], [[cell('注：本表可另附页', { across: columns.length })]]]);
  const table: Table = {
    widths: Array(columns.length).fill(1400),
    rows: [columns.map((key) => head(spell(chance, form, key).split('\n'))), ...body, ...none, ...spare, ...note],
  };
  const above = [
    pick(chance, titles[form] ?? []),
    pick(chance, [`单位工会公章：        推荐人选姓名：${name}`, `姓名：${name}`, '单位工会公章：']),
  ];
  return { form, truth, sheet: { name: pick(chance, ['Sheet1', '一览表']), above, table, below: [] } };
}
