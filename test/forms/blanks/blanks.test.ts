import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Document } from '../../../src/documents/document.ts';
import { readHere } from '../../../src/documents/read-here.ts';
import { type Known, layBlank } from '../../../src/forms/blanks/layout.ts';
import { blankSheet } from '../../../src/forms/blanks/sheet.ts';
import { blankWord } from '../../../src/forms/blanks/word.ts';
import { type BlankFormat, usualFormat, writeBlank } from '../../../src/forms/blanks/write.ts';
import { type Form, rowsOf } from '../../../src/forms/form.ts';
import { readForms } from '../../../src/forms/read-forms.ts';
import type { FieldType, FormDefinition } from '../../../src/notice/form-schema.ts';
import { loadNotice } from '../../../src/notice/load.ts';
import { notice } from '../../support/notice.ts';

const formats: BlankFormat[] = ['docx', 'xlsx'];
const cases = notice.forms.flatMap((definition) =>
  formats.map((format) => [definition.code, format, definition] as const),
);

async function documentOf(bytes: Buffer, format: BlankFormat): Promise<Document> {
  const reading = await readHere({ name: `表.${format}`, bytes });
  if (reading.kind !== 'document') throw new Error(`${reading.kind} is no document`);
  return reading.document;
}

const sentBack = async (definition: FormDefinition, format: BlankFormat, known: Known, round = notice) =>
  readAgain(await writeBlank(definition, format, round, known), definition, format, round);

async function readAgain(
  bytes: Buffer,
  definition: FormDefinition,
  format: BlankFormat,
  round = notice,
): Promise<Form> {
  const forms = readForms(await documentOf(bytes, format), round);
  expect(forms.map(({ definition: { code } }) => code)).toEqual([definition.code]);
  return forms[0] as Form;
}

describe('a blank form made by us', () => {
  test.each(cases)('%s as %s comes back empty: it is recognised, and blank', async (_, format, definition) => {
    const form = await sentBack(definition, format, { fields: {} });
    expect(form.blank).toBe(true);
    expect(form.fields.filter(({ blank }) => !blank)).toEqual([]);
  });

  test.each(cases)(
    '%s as %s comes back with nothing but what we filled in: still blank',
    async (_, format, definition) => {
      const fields = { name: '李建国', union: '温县总工会', unit: '某某机械有限公司', sex: '男', birth: '1975.03' };
      expect((await sentBack(definition, format, { fields })).blank).toBe(true);
    },
  );

  test('the same with a telephone number is no longer blank', async () => {
    const definition = notice.forms.find(({ code }) => code === 'recommendation_form') as FormDefinition;
    const bytes = await writeBlank(definition, 'docx', notice, { fields: { name: '李建国' } });
    const document = await documentOf(bytes, 'docx');
    const [phone] = document.blocks.flatMap((block) =>
      block.kind === 'grid' ? block.cells.filter(({ text }) => text === '联系电话') : [],
    );
    const empty = document.blocks.flatMap((block) =>
      block.kind === 'grid' ? block.cells.filter(({ row, column }) => row === phone?.row && column > phone.column) : [],
    );
    Object.assign(empty[0] ?? {}, { text: '0391-0000000' });
    expect(readForms(document, notice)[0]?.blank).toBe(false);
  });

  test('the same form twice is the same bytes', async () => {
    for (const [, format, definition] of cases)
      expect(await writeBlank(definition, format, notice)).toEqual(await writeBlank(definition, format, notice));
  });

  test('附件1注意事项1: A3 across, to be folded; the others A4', async () => {
    const pages = await Promise.all(
      notice.forms.map(async (form) => (await documentOf(await writeBlank(form, 'docx', notice), 'docx')).page),
    );
    const sides = pages.map((page) => [page?.widthMm, page?.heightMm].map((side) => Math.round(side ?? 0)).join('×'));
    expect(Object.fromEntries(notice.forms.map(({ code }, index) => [code, sides[index]]))).toEqual({
      innovation_list: '297×210',
      patent_list: '297×210',
      performance_sheet: '210×297',
      recommendation_form: '420×297',
    });
  });

  test('lists come as Excel, forms with stories as Word', () => {
    expect(notice.forms.map((form) => `${form.code} ${usualFormat(form)}`)).toEqual([
      'innovation_list xlsx',
      'patent_list xlsx',
      'performance_sheet docx',
      'recommendation_form docx',
    ]);
  });

  test('a form whose name holds what XML forbids can still be opened', async () => {
    const definition = notice.forms.find(({ code }) => code === 'innovation_list') as FormDefinition;
    const form = await sentBack(definition, 'xlsx', { fields: { name: '李<建>&"国\u0001' } });
    expect(form.fields.find(({ key }) => key === 'name')?.text).toBe('李<建>&"国');
  });

  test('the forms of another round, which says nothing about blanks, are made all the same', async () => {
    const config = mkdtempSync(join(tmpdir(), 'shouli-rounds-'));
    cpSync('config/words', join(config, 'words'), { recursive: true });
    cpSync('fixtures/rounds/kaifeng-cooks-2021', join(config, 'notices/kaifeng-cooks-2021'), { recursive: true });
    const round = loadNotice(config, 'kaifeng-cooks-2021');
    rmSync(config, { recursive: true });
    for (const definition of round.forms)
      expect((await sentBack(definition, usualFormat(definition), { fields: {} }, round)).blank).toBe(true);
  });
});

const han = [...'焦作市温县山阳机械制造化工有限公司车间电焊钳工班组长改造设备提高效率降低成本'];
const words = (min: number, max: number) =>
  fc.array(fc.constantFrom(...han), { minLength: min, maxLength: max }).map((signs) => signs.join(''));
const two = (value: number) => String(value).padStart(2, '0');
const month = fc
  .tuple(fc.integer({ min: 1960, max: 2017 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom('.', '-', '年'))
  .map(([year, at, sign]) => (sign === '年' ? `${year}年${at}月` : `${year}${sign}${two(at)}`));

/** What people write under each kind of label; never a word that means "nothing". */
const answers: Partial<Record<FieldType, fc.Arbitrary<string>>> = {
  person_name: words(2, 4),
  sex: fc.constantFrom('男', '女'),
  birth: month,
  date: month,
  start_date: month,
  id_number: fc.integer({ min: 100, max: 999 }).map((serial) => `410890197503${serial}121X`),
  phone: fc.integer({ min: 1000, max: 9999 }).map((end) => `1390000${end}`),
  skill_level: fc.constantFrom('高级工', '技师', '高级技师', '国家职业资格三级'),
  award_level: fc.constantFrom('国家级', '省部级', '市级'),
  patent_type: fc.constantFrom('发明', '实用新型'),
  patent_number: fc.integer({ min: 1000000, max: 9999999 }).map((serial) => `ZL20131${serial}.2`),
  count: fc.integer({ min: 1, max: 99 }).map(String),
  number: fc.integer({ min: 1, max: 99 }).map(String),
  long_text: fc.array(words(4, 60), { minLength: 1, maxLength: 5 }).map((lines) => lines.join('\n')),
  rank: fc.integer({ min: 1, max: 9 }).map(String),
  text: words(3, 24),
  union: words(4, 12),
  opinion: words(4, 20),
  office_opinion: words(4, 20),
};

const answerFor = (type: FieldType) => answers[type] ?? fc.constant('');

/** A definition's form with every printed field and some rows filled in. */
function filled({ fields, tables }: FormDefinition): fc.Arbitrary<Required<Known>> {
  const printed = fields.filter((field) => field.printed && field.type !== 'photo');
  const columns = tables.filter((table) => table.printed)[0]?.columns.filter(({ type }) => type !== 'sequence') ?? [];
  const record = (items: readonly { key: string; type: FieldType }[]) =>
    fc.record(Object.fromEntries(items.map(({ key, type }) => [key, answerFor(type)])));
  return fc.record({
    fields: record(printed),
    rows: fc.array(record(columns), { minLength: columns.length > 0 ? 1 : 0, maxLength: columns.length > 0 ? 13 : 0 }),
  });
}

describe('filled in by whomever, every word is read back', () => {
  test.each(cases)(
    '%s as %s',
    async (_, format, definition) => {
      await fc.assert(
        fc.asyncProperty(filled(definition), async (known) => {
          const page = layBlank(definition, known, null);
          const form = await readAgain(
            await (format === 'docx' ? blankWord(page) : blankSheet(page)),
            definition,
            format,
          );
          expect(
            Object.fromEntries(form.fields.filter(({ key }) => key !== 'photo').map(({ key, text }) => [key, text])),
          ).toEqual(known.fields);
          const rows = rowsOf(form).map(({ cells }) =>
            Object.fromEntries(
              Object.entries(cells).flatMap(([key, { text }]) => (key === 'number' ? [] : [[key, text]])),
            ),
          );
          expect(rows).toEqual(known.rows);
          expect(form.blank).toBe(false);
        }),
        { numRuns: 25, seed: 2018 },
      );
    },
    60_000,
  );
});
