import { describe, expect, test } from '@jest/globals';
import type { Cell, Grid } from '../../src/documents/document.ts';
import { documentHtml } from '../../src/previews/html/document.ts';
import { withPictureUrls } from '../../src/previews/html/picture-urls.ts';
import { document, grid, paragraph, portrait } from '../support/documents.ts';

const html = (blocks: Parameters<typeof document>[0], places: string[] = [], more = {}) =>
  documentHtml(document(blocks, more), places);
/** The rows of the page as a person reads them: cells between bars, empty ones as nothing. */
const rows = (page: string) =>
  [...page.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[dh]([^>]*)>(.*?)<\/t[dh]>/gs)]
      .map(([, attributes = '', text]) => `${(attributes.match(/(?:row|col)span="\d+"/g) ?? []).join(' ')}${text}`)
      .join('|'),
  );

/** A sheet with a value in each of these places. */
function sheet(cells: Record<string, string>, more: Partial<Grid> = {}): Grid {
  const made = Object.entries(cells).map(([address, text]): Cell => {
    const [, letters = 'A', row = '1'] = /^([A-Z]+)(\d+)$/.exec(address) ?? [];
    const column = [...letters].reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 64, 0);
    const place = { row: Number(row), column, rowSpan: 1, columnSpan: 1, location: `名册!${address}` };
    return { ...place, text, value: text, date: null, pictures: [] };
  });
  return { kind: 'grid', name: '名册', hidden: false, cells: made, ...more };
}
const list = (count: number) =>
  sheet(Object.fromEntries(Array.from({ length: count }, (_, index) => [`A${index + 1}`, `第${index + 1}人`])));

describe('a form keeps its shape', () => {
  test('cells merged across and down', () => {
    const form = grid([
      [{ text: '姓名', down: 2 }, '李建国', { text: '照片', down: 2 }],
      [{ text: '焊工' }],
      [{ text: '主要事迹' }, { text: '……', across: 2 }],
    ]);
    expect(rows(html([form]).html)).toEqual([
      'rowspan="2"姓名|李建国|rowspan="2"照片',
      '焊工',
      '主要事迹|colspan="2"……',
    ]);
  });

  test('text, tables and pictures stand in their order', () => {
    const form = grid([['照片', { picture: 0 }]]);
    const page = html([paragraph('推荐表'), form, paragraph('填表说明', 2)], [], { pictures: [portrait] }).html;
    expect(
      page
        .replace(/<[^>]*data-picture="(\d)"[^>]*>/g, '[$1]')
        .replace(/<[^>]+>/g, ' ')
        .split(/\s+/),
    ).toEqual(['', '推荐表', '表1', '照片', '[0]', '填表说明', '']);
  });

  test('a row that begins late leaves its place empty', () => {
    const ragged = grid([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    const late = { ...ragged, cells: ragged.cells.filter(({ text }) => text !== 'c') };
    expect(rows(html([late]).html)).toEqual(['a|b', '|d']);
  });

  test('no cell is lost where cells lie on each other', () => {
    const [first, second] = grid([['上', '下']]).cells as [Cell, Cell];
    const page = html([{ kind: 'grid', name: '表1', hidden: false, cells: [first, { ...second, column: 1 }] }]);
    expect(page.html).toContain('>上</td>');
    expect(page.html).toContain('>下</td>');
  });
});

describe('a sheet looks as in Excel', () => {
  test('letters above, numbers beside, empty places between', () => {
    expect(rows(html([sheet({ A1: '姓名', C1: '工种', B3: '焊工' })]).html)).toEqual([
      '|A|B|C',
      '1|姓名||工种',
      '2|||',
      '3||焊工|',
    ]);
  });

  test('a hidden sheet is shown and said to be hidden', () => {
    expect(html([sheet({ A1: '底稿' }, { hidden: true })]).html).toContain('工作表：名册（隐藏的工作表）');
    expect(html([sheet({ A1: '底稿' })]).html).not.toContain('隐藏');
  });

  test.each([
    [2, ['1|第一行', '2|', '3|', '4|末行']],
    [3, ['1|第一行', 'colspan="2"空 3 行', '5|末行']],
  ])('%d empty rows', (empty, expected) => {
    const page = html([sheet({ A1: '第一行', [`A${empty + 2}`]: '末行' })]);
    expect(rows(page.html).slice(1)).toEqual(expected);
    expect(page.cut).toBe(false);
  });

  test('one cell in the last corner is two lines, not seventeen thousand million places', () => {
    const page = html([sheet({ A1: '姓名', XFD1048576: '远处' })]);
    expect(page.html.length).toBeLessThan(2_000);
    expect(rows(page.html)).toEqual(['|A|XFD', '1|姓名|', 'colspan="3"空 1048574 行', '1048576||远处']);
  });
});

describe('a huge list', () => {
  test.each([
    [300, 300, false],
    [301, 300, true],
  ])('of %d rows shows %d of them', (count, shown, cut) => {
    const page = html([list(count)]);
    expect(page.html.match(/>第\d+人</g)).toHaveLength(shown);
    expect(page.html.includes('此处省略 1 行')).toBe(cut);
    expect(page.cut).toBe(cut);
  });

  test('shows a marked row far below with its neighbours', () => {
    const page = html([list(5_000)], ['名册!A4000']);
    expect(rows(page.html).slice(301)).toEqual([
      'colspan="2"此处省略 3697 行',
      ...['3998', '3999', '4000', '4001', '4002'].map((row) => `${row}|第${row}人`),
      'colspan="2"此处省略 998 行',
    ]);
    expect(page.marks).toEqual([{ place: '名册!A4000', id: 'marked-1' }]);
  });

  test('shows a marked column far to the right', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 100 }, (_, at) => [
        `${at < 26 ? '' : String.fromCharCode(64 + Math.floor(at / 26))}${String.fromCharCode(65 + (at % 26))}1`,
        `${at}`,
      ]),
    );
    const page = html([sheet(wide)], ['名册!CV1']);
    expect(page.marks[0]?.id).toBe('marked-1');
    expect(page.html).toContain('此处省略 39 列');
  });

  test('a text of ten thousand lines, and the marked one', () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => paragraph(`第${index + 1}句`, index + 1));
    const page = html(lines, ['第9000段']);
    expect(page.html.match(/<p data-place|<p class="marked"/g)).toHaveLength(1_505);
    expect(page.html).toContain('此处省略 7497 段');
    expect(page.html).toContain('<p class="marked" data-place="第9000段" id="marked-1" tabindex="0">');
  });

  test('two hundred wide sheets: the first are shown, the marked place of the last as well', () => {
    const wide = Array.from({ length: 200 }, (_, index) => ({
      ...list(300),
      name: `表${index}`,
      cells: list(300).cells.map((cell) => ({
        ...cell,
        column: cell.row === 1 ? 60 : 1,
        location: cell.location.replace('名册', `表${index}`),
      })),
    }));
    const page = html(wide, ['表199!A150']);
    expect(page.html.length).toBeLessThan(5e6);
    expect(page.html).toContain('>工作表：表199<');
    expect(page.html).toContain('此处省略 300 行');
    expect(page.marks[0]?.id).toBe('marked-1');
    expect(page.cut).toBe(true);
  });

  test('a cell that holds a book is shortened and says so', () => {
    const page = html([grid([['字'.repeat(5_000)]])]);
    expect(page.html).toContain('（此处省略 1000 字）');
    expect(page.cut).toBe(true);
    expect(html([grid([['字'.repeat(4_000)]])]).cut).toBe(false);
  });
});

describe('places', () => {
  test('a place without a cell is there all the same: a field left empty below the list', () => {
    const page = html([sheet({ A1: '姓名' })], ['名册!D7', '名册!A1', '别的!A1', '名册!']);
    expect(page.marks.map(({ id }) => id)).toEqual(['marked-1', 'marked-2', null, null]);
    expect(page.html).toContain('<td class="marked" data-place="名册!D7" id="marked-1" tabindex="0"></td>');
  });

  test('what stands twice under one place is marked twice and has one id', () => {
    const page = html(
      [
        { ...paragraph('甲'), location: '文本框1' },
        { ...paragraph('乙'), location: '文本框1' },
      ],
      ['文本框1', '文本框1'],
    );
    expect(page.html.match(/class="marked"/g)).toHaveLength(2);
    expect(page.html.match(/id="marked-1"/g)).toHaveLength(1);
    expect(page.marks).toEqual([
      { place: '文本框1', id: 'marked-1' },
      { place: '文本框1', id: 'marked-1' },
    ]);
  });

  test('a row of a list is a place, in its own table only', () => {
    const page = html([grid([['甲'], ['乙']]), grid([['丙'], ['丁']], { name: '表2' })], ['表2第2行']);
    expect(page.html).toContain(
      '<tr class="marked" data-place="表2第2行" id="marked-1" tabindex="0"><td data-place="表2第2行第1列">丁',
    );
    expect(html([list(5_000)], ['名册第4000行']).html).toContain('>第4000人<');
  });

  test('the name of a table or sheet is a place', () => {
    expect(html([grid([['甲']])], ['表1']).marks[0]?.id).toBe('marked-1');
  });
});

describe('pictures', () => {
  const placed = grid([[{ picture: 0 }]]);
  test('get the address the console gives them', () => {
    const page = html([placed], [], { pictures: [portrait] });
    expect(withPictureUrls(page.html, (index) => `/p?a=1&i=${index}"`)).toContain(
      '<img class="picture" data-picture="0" src="/p?a=1&amp;i=0&quot;" alt="图片1" width="342" height="480" loading="lazy">',
    );
  });

  test('that the format keeps without a place come last; those nobody can draw are said', () => {
    const page = html([placed], [], {
      pictures: [
        { ...portrait, width: 0, height: 0 },
        { ...portrait, location: '' },
      ],
    });
    expect(page.html).toContain('（图片1：这种格式不能显示）');
    expect(page.html).toMatch(/文件中的其他图片<\/h3><p><img class="picture" data-picture="1"/);
  });
});
