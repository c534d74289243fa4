import { describe, expect, test } from '@jest/globals';
import { type Drawing, type TabledPage, tabledPdf } from '../../fixtures/documents/tabled-pdf.ts';
import { rowsOf } from '../../src/forms/form.ts';
import { readForms } from '../../src/forms/read-forms.ts';
import { notice } from '../support/notice.ts';
import { documentOf, gridsIn, paragraphsIn } from './seen.ts';

const read = (pages: TabledPage[], drawing?: Drawing) => documentOf('推荐表.pdf', tabledPdf(pages, drawing));
const formOf = async (pages: TabledPage[], drawing?: Drawing) => readForms(await read(pages, drawing), notice)[0];
const cells = (...texts: string[]) => texts.map((text, index) => ({ text, column: index + 1 }));

/** 姓名 … with a photo cell over two rows and the unit over three columns. */
const form: TabledPage = {
  lines: ['焦作工匠推荐表', '推荐单位：温县总工会'],
  widths: [80, 120, 80, 120, 90],
  rows: [
    { cells: [...cells('姓名', '李建国', '性别', '男'), { text: '照片', column: 5, rowSpan: 2 }] },
    { cells: cells('出生年月', '1975.03', '联系电话', '') },
    { cells: [...cells('工作单位'), { text: '焦作市某某机械有限公司', column: 2, columnSpan: 4 }] },
    {
      height: 60,
      cells: [...cells('主要事迹'), { text: '一九九五年参加工作。\n先后获得多项奖励。', column: 2, columnSpan: 4 }],
    },
  ],
};

describe('a 推荐表 saved as PDF', () => {
  test.each<Drawing>(['thin boxes', 'edges', 'boxes'])('drawn with %s: every field in its cell', async (drawing) => {
    const found = await formOf([form], drawing);
    expect(found).toMatchObject({ exact: true, blank: false, definition: { code: 'recommendation_form' } });
    expect(found?.fields.map(({ key, text, location }) => `${key} ${text} ${location}`)).toEqual([
      'name 李建国 第1页表1第1行第2列',
      'sex 男 第1页表1第1行第4列',
      'photo  第1页表1第1行第5列',
      'birth 1975.03 第1页表1第2行第2列',
      'phone  第1页表1第2行第4列',
      'unit 焦作市某某机械有限公司 第1页表1第3行第2列',
      'deeds 一九九五年参加工作。\n先后获得多项奖励。 第1页表1第4行第2列',
      'union 温县总工会 第1页第2行',
    ]);
  });

  test('a long name that wraps is one name; a line that its writer ended stays one', async () => {
    const narrow: TabledPage = {
      ...form,
      rows: [
        { height: 40, cells: cells('姓名', '李建国', '工作单位', '焦作市某某机械制造有限责任公司', '') },
        ...form.rows.slice(1, 2),
      ],
    };
    const found = await formOf([narrow]);
    expect(found?.fields.find(({ key }) => key === 'unit')?.text).toBe('焦作市某某机械制造有限责任公司');
  });

  test('its pictures are not read: no photo is claimed to be missing', async () => {
    expect((await formOf([form]))?.photo).toBeNull();
  });
});

describe('unsure rather than wrong', () => {
  test.each<[string, TabledPage]>([
    [
      'a cell without its right edge, whose text runs into a merged neighbour of another shape',
      { ...form, without: 'one edge' },
    ],
    ['a single sign of a font that is not in the file, which is lost', { ...form, bare: true }],
    ['a page that is turned', { ...form, more: '/Rotate 90' }],
    ['answers typed into form fields over the page', { ...form, more: '/Annots [FIRST 0 R]' }],
  ])('%s: no empty cell is claimed', async (_, page) => {
    const found = await formOf([page]);
    expect(found?.fields.filter(({ key, blank }) => key === 'name' && !blank && found.exact)).toHaveLength(
      page.without ? 1 : 0,
    );
    expect(found?.exact === true && found.blank).toBe(false);
  });

  test('lines of text without a table stay paragraphs, counted as before', async () => {
    const document = await read([{ lines: ['焦作工匠推荐表', '姓名 李建国'], rows: [], widths: [] }]);
    expect(gridsIn(document)).toEqual([]);
    expect(paragraphsIn(document).map(({ location }) => location)).toEqual(['第1页第1行', '第1页第2行']);
  });
});

describe('a list over two pages', () => {
  const head = cells('序号', '专利名称', '专利类型', '专利号', '授权公告日');
  const row = (number: number) => ({
    cells: cells(`${number}`, `装置${number}`, '发明', 'ZL201310699744.2', '2015.06'),
  });
  const pages = (between: string[]): TabledPage[] => [
    {
      lines: ['专利成果一览表', '推荐人选姓名：李建国'],
      widths: [40, 110, 70, 190, 95],
      rows: [{ cells: head }, row(1), row(2)],
    },
    { lines: between, widths: [40, 110, 70, 190, 95], rows: [row(3)] },
  ];

  test('goes on: three rows, the third told with its own page', async () => {
    const found = await formOf(pages([]));
    const rows = found ? rowsOf(found) : [];
    expect(rows.map(({ cells: { title } }) => `${title?.text} ${title?.location}`)).toEqual([
      '装置1 第1页表1第2行第2列',
      '装置2 第1页表1第3行第2列',
      '装置3 第2页表1第1行第2列',
    ]);
  });

  test('a story cut by the page goes on in its cell', async () => {
    const long: TabledPage[] = [
      { ...form, rows: [...form.rows] },
      {
        widths: form.widths,
        rows: [
          {
            cells: [
              { text: '', column: 1 },
              { text: '被评为先进。', column: 2, columnSpan: 4 },
            ],
          },
        ],
      },
    ];
    const found = await formOf(long);
    expect(found?.fields.find(({ key }) => key === 'deeds')?.text).toBe(
      '一九九五年参加工作。\n先后获得多项奖励。\n被评为先进。',
    );
  });
});
