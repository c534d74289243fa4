import { describe, expect, test } from '@jest/globals';
import type { Grid, Paragraph } from '../../src/documents/document.ts';
import { type Form, fieldOf, rowsOf, textOf } from '../../src/forms/form.ts';
import { readForms } from '../../src/forms/read-forms.ts';
import { document, grid, paragraph, portrait } from '../support/documents.ts';
import { notice } from '../support/notice.ts';

const forms = (...blocks: (Grid | Paragraph)[]) => readForms(document(blocks), notice);
function only(...blocks: (Grid | Paragraph)[]): Form {
  const found = forms(...blocks);
  expect(found).toHaveLength(1);
  return found[0] as Form;
}
const title = paragraph('焦 作 工 匠 推 荐 表');

/** The same nominee in every layout: what must come out however the union drew its table. */
const said = { name: '李建国', sex: '男', birth: '1975.03', unit: '焦作市某某机械有限公司', phone: '0391-0000000' };
function expectSaid(form: Form): void {
  expect(form.definition.code).toBe('recommendation_form');
  for (const [key, value] of Object.entries(said)) expect([key, textOf(form, key)]).toEqual([key, value]);
}

test('a note below the last empty box is no answer to it', () => {
  const note = '填表说明：请用A3纸对折。';
  const form = only(
    title,
    grid([['姓名', '李建国', '联系电话', '0391-0000000'], ['市总工会意见'], [note]], { sheet: true }),
  );
  expect(fieldOf(form, 'officeOpinion')?.blank).toBe(true);
  const opinion = only(
    title,
    grid([['姓名', '李建国', '联系电话', '0391-0000000'], ['市总工会意见'], ['同意']], { sheet: true }),
  );
  expect(textOf(opinion, 'officeOpinion')).toBe('同意');
});

test('a value in the brackets of its label is filled in; an age printed there is not', () => {
  const row = (label: string) =>
    only(
      title,
      grid([
        ['姓名', '李建国', label, ''],
        ['联系电话（0391-0000000）', '', '工作单位', '某厂'],
      ]),
    );
  const typed = row('出生年月（1975.03）');
  expect(fieldOf(typed, 'birth')).toMatchObject({ label: '出生年月', text: '1975.03', blank: false });
  expect(textOf(typed, 'phone')).toBe('0391-0000000');
  expect(fieldOf(row('出生年月（    岁）'), 'birth')?.blank).toBe(true);
  expect(fieldOf(row('出生年月（43岁）'), 'birth')?.blank).toBe(true);
  expect(fieldOf(row('出生年月（如：1975.03）'), 'birth')?.blank).toBe(true);
  expect(fieldOf(row('主要荣誉（2015）'), 'honours')?.blank).toBe(true);
});

test('a group of counts in an empty 量化表 is no answer to the count above it', () => {
  const form = only(
    paragraph('业绩量化表'),
    grid([
      ['姓名', '', '工作单位', ''],
      [{ text: '技术创新成果（项）', down: 2 }, '国家级', '', ''],
      ['省部级', '', ''],
      [{ text: '专利成果', down: 2 }, '发明', '', ''],
      ['实用新型', '', ''],
    ]),
  );
  expect(form.blank).toBe(true);
});

test('fillers around a label do not hide it; two fields that could be meant are none', () => {
  const form = only(
    title,
    grid([
      ['姓名', '李建国', '本人联系电话', '0391-0000000'],
      ['岗位或工种', '焊工', '现有职业资格等级', '高级工'],
      ['所获主要荣誉情况', '先进个人', '单位意见及单位工会意见', '同意'],
    ]),
  );
  const said = ['phone', 'post', 'level', 'honours', 'unitOpinion'].map((key) => textOf(form, key));
  expect(said).toEqual(['0391-0000000', '焊工', '高级工', '先进个人', null]);
});

describe('a 推荐表 however it was drawn', () => {
  test('label left, value right, labels spread with spaces', () => {
    expectSaid(
      only(
        title,
        grid([
          ['姓　名', '李建国', '性 别', '男', '出生\n年月', '1975.03'],
          ['工作单位', { text: '焦作市某某机械有限公司', across: 3 }, '联系电话', '0391-0000000'],
        ]),
      ),
    );
  });

  test('label above, value below', () => {
    expectSaid(
      only(
        title,
        grid([
          ['姓名', '性别', '出生年月', '工作单位', '联系电话'],
          ['李建国', '男', '1975.03', '焦作市某某机械有限公司', '0391-0000000'],
        ]),
      ),
    );
  });

  test('label above, value below, with labels between that nobody knows', () => {
    const form = only(
      title,
      grid([
        ['姓名', '曾用名', '性别', '籍贯', '出生年月'],
        ['李建国', '无', '男', '河南焦作', '1975.03'],
        ['工作单位', '人员编号', '联系电话', '户口所在地', '政治面貌'],
        ['焦作市某某机械有限公司', 'A012', '0391-0000000', '解放区', '党员'],
      ]),
    );
    expectSaid(form);
    expect(textOf(form, 'politics')).toBe('党员');
  });

  test('labels above empty cells are empty, whatever stands between them', () => {
    const rows = [
      ['姓名', '性别', '籍贯', '出生年月'],
      ['', '', '', ''],
      ['工作单位', '联系电话', '户口所在地', '政治面貌'],
      ['', '', '', ''],
    ];
    expect(only(title, grid(rows)).blank).toBe(true);
    expect(only(title, grid(rows, { name: 'S', sheet: true })).blank).toBe(true);
  });

  test('姓名 divided into 现名 and 曾用名', () => {
    expectSaid(
      only(
        title,
        grid([
          [{ text: '姓名', down: 2 }, '现名', '李建国', '性别', '男'],
          ['曾用名', '无', '民族', '汉'],
          ['出生年月', { text: '1975.03', across: 2 }, '联系电话', '0391-0000000'],
          ['工作单位', { text: '焦作市某某机械有限公司', across: 4 }],
        ]),
      ),
    );
  });

  test('a table inside a cell is read as the grid it is, not as lines of the cell', () => {
    const inside = grid([
      ['工作单位', '焦作市某某机械有限公司', '联系电话', '0391-0000000'],
      ['姓名', '李建国', '性别', '男'],
      ['出生年月', '1975.03', '职务职称', ''],
    ]);
    const text = inside.cells.map((cell) => cell.text).join('\t');
    const outer = grid([[`姓名：${text}`]]);
    const held = { ...outer, cells: outer.cells.map((cell) => ({ ...cell, holdsGrid: true })) };
    const form = only(title, held, { ...inside, name: '表2' });
    expectSaid(form);
    expect(fieldOf(form, 'title')?.blank).toBe(true);
  });

  test('a cover in a small table of its own belongs to the form below it', () => {
    const cover = grid([
      ['推荐单位', '解放区总工会'],
      ['推荐人选', '李建国'],
      ['填报日期', '2018年7月1日'],
    ]);
    const form = only(title, cover, paragraph('填表说明：'), {
      ...grid([
        ['姓名', '李建国', '性别', '男'],
        ['出生年月', '1975.03', '联系电话', '0391-0000000'],
        ['工作单位', { text: '焦作市某某机械有限公司', across: 3 }],
      ]),
      name: '表2',
    });
    expectSaid(form);
    expect([textOf(form, 'union'), textOf(form, 'filled'), form.title?.text]).toEqual([
      '解放区总工会',
      '2018年7月1日',
      title.text,
    ]);
  });

  test('an empty value beside a cell that brings its own label stays empty', () => {
    const form = only(
      title,
      grid([
        ['姓名：李建国', '性别：男'],
        ['身份证号码：', '工作单位：焦作市某某机械有限公司'],
        ['市总工会意见', ''],
        [{ text: '填表说明：', across: 2 }],
      ]),
    );
    expect(fieldOf(form, 'idNumber')?.blank).toBe(true);
    expect(fieldOf(form, 'officeOpinion')?.blank).toBe(true);
    expect(textOf(form, 'unit')).toBe('焦作市某某机械有限公司');
  });

  test('a title below empty rows of a sheet', () => {
    const table = grid(
      [
        ['姓名', '李建国', '性别', '男'],
        ['工作单位', '甲公司', '联系电话', '0391-0000000'],
      ],
      {
        name: 'S',
        sheet: true,
      },
    );
    const heading = { ...table.cells[0], row: 4, columnSpan: 4, text: '焦作工匠推荐表', location: 'S!A4' };
    const cells = [heading, ...table.cells.map((cell) => ({ ...cell, row: cell.row + 4 }))];
    expect(only({ ...table, cells } as Grid).title).toEqual({ text: '焦作工匠推荐表', location: 'S!A4' });
  });

  test('label and value in one cell after a colon', () => {
    expectSaid(
      only(
        title,
        grid([
          ['姓名：李建国', '性别：男', '出生年月：1975.03'],
          [{ text: '工作单位：焦作市某某机械有限公司', across: 2 }, '联系电话:0391-0000000'],
        ]),
      ),
    );
  });

  test('no table at all: lines of text with several pairs each', () => {
    const form = only(
      title,
      paragraph('姓名：李建国    性别：男    出生年月：1975.03'),
      paragraph('工作单位：焦作市某某机械有限公司    联系电话：0391-0000000'),
    );
    expectSaid(form);
    expect(form.exact).toBe(false);
  });

  test('a PDF’s text, where cells became single spaces', () => {
    const form = only(
      title,
      paragraph('姓　　名 李建国 性　别 男 民　族 汉族'),
      paragraph('出生年月 1975.03 联系电话 0391-0000000'),
      paragraph('工作单位 焦作市某某机械有限公司'),
    );
    expectSaid(form);
    expect(form).toMatchObject({ exact: false, understood: true, blank: false });
  });

  test('a PDF’s text of which little could be told apart is not understood, and never blank', () => {
    const form = only(
      title,
      paragraph('姓名'),
      paragraph('性别'),
      paragraph('身份证号码'),
      paragraph('政治面貌'),
      paragraph('出生年月'),
      paragraph('工作单位'),
      paragraph('李建国'),
    );
    expect(form).toMatchObject({ understood: false, blank: false });
  });

  test('an Excel sheet whose empty cells do not exist', () => {
    const form = only(
      grid(
        [
          [{ text: '焦作工匠推荐表', across: 6 }],
          ['姓名', '李建国', '性别', '男', '出生年月', '1975.03'],
          ['民族', '', '政治面貌', '党员'],
          ['工作单位', '焦作市某某机械有限公司', '联系电话', '0391-0000000'],
        ],
        { name: 'Sheet1', sheet: true },
      ),
    );
    expectSaid(form);
    expect(fieldOf(form, 'nation')).toMatchObject({ blank: true, location: 'Sheet1!B3' });
    expect(fieldOf(form, 'politics')).toMatchObject({ text: '党员', location: 'Sheet1!D3' });
  });

  test('numbered labels, marks and hints in brackets', () => {
    const form = only(
      title,
      grid([
        ['1.姓名', '李建国', '*性别', '男', '出生年月（  岁）', '1975.03'],
        ['工作单位（全称）', '焦作市某某机械有限公司', '联系电话', '0391-0000000', '3、民族', '汉'],
      ]),
    );
    expectSaid(form);
    expect(textOf(form, 'nation')).toBe('汉');
  });

  test('the union on a cover line to write on, with the seal beside it', () => {
    const form = only(
      title,
      paragraph('推荐单位____解放区总工会（公章）____'),
      grid([
        ['姓名', '李建国', '性别', '男', '出生年月', '1975.03'],
        ['工作单位', '焦作市某某机械有限公司', '联系电话', '0391-0000000'],
      ]),
    );
    expect(textOf(form, 'union')).toContain('解放区总工会');
  });

  test('an empty value beside its label is blank, with the place of the empty cell', () => {
    const form = only(
      title,
      grid([
        ['姓名', '李建国', '性别', '', '民族', '汉'],
        ['工作单位', '甲公司', '联系电话', '年   月   日', '文化程度', '___'],
      ]),
    );
    expect(fieldOf(form, 'sex')).toMatchObject({ blank: true, location: '表1第1行第4列' });
    expect(fieldOf(form, 'phone')).toMatchObject({ blank: true });
    expect(fieldOf(form, 'education')).toMatchObject({ blank: true });
    expect(fieldOf(form, 'birth')).toBeNull();
  });

  test('an empty name above the head of a list is empty, not the head’s first word', () => {
    const form = only(
      paragraph('创新成果一览表'),
      grid(
        [
          ['姓名：', '', '', '单位：'],
          ['序号', '成果名称', '奖励级别', '授奖部门', '获奖时间'],
          ['1', '甲', '市级', '乙', '2016.04'],
        ],
        { name: 'S', sheet: true },
      ),
    );
    expect([textOf(form, 'name'), rowsOf(form).length]).toEqual([null, 1]);
  });

  test('the empty place of a label as wide as the sheet is its own cell', () => {
    const form = only(
      title,
      grid([[{ text: '市总工会意见：', across: 4 }], ['姓名', '李建国', '联系电话', ''], ['工作单位', '甲公司']], {
        name: 'S',
        sheet: true,
      }),
    );
    expect(fieldOf(form, 'officeOpinion')?.location).toBe('S!A1');
    expect(fieldOf(form, 'phone')?.location).toBe('S!D2');
  });

  test('levels printed beside boxes, none ticked: nothing filled in', () => {
    const level = (text: string) => fieldOf(only(title, grid([['姓名', '李建国', '职业资格', text]])), 'level')?.blank;
    expect([level('□五级 □四级 □三级'), level('□五级 □四级 ☑三级')]).toEqual([true, false]);
  });

  test('无 is an answer, 男 女 unticked is none', () => {
    const form = only(
      title,
      grid([
        ['姓名', '李建国', '性别', '男    女', '职务职称', '无'],
        ['工作单位', '甲公司', '民族', '汉', '联系电话', '0391-0000000'],
      ]),
    );
    expect(fieldOf(form, 'sex')?.blank).toBe(true);
    expect(fieldOf(form, 'title')?.blank).toBe(false);
  });

  test('a label nobody defined is kept with its value', () => {
    const form = only(
      title,
      grid([
        ['姓名', '李建国', '血型', 'A型'],
        ['性别', '男', '民族', '汉'],
        ['工作单位', '甲公司', '联系电话', '0391-0000000'],
      ]),
    );
    expect(form.unknown).toContainEqual({ label: '血型', value: 'A型', location: '表1第1行第4列' });
  });

  test('the photo in its cell, the label overwritten by it', () => {
    const table = grid([
      ['姓名', '李建国', '性别', '男', { text: '', down: 2, picture: 0 }],
      ['民族', '汉', '文化程度', '大专'],
      ['工作单位', '甲公司', '联系电话', '0391-0000000', ''],
    ]);
    const [form] = readForms(document([title, table], { pictures: [portrait] }), notice);
    expect(form?.photo?.picture?.sha256).toBe(portrait.sha256);
  });

  test('a certificate pasted into the deeds is no photo; the empty photo cell is known', () => {
    const across = { ...portrait, width: 800, height: 560, location: '表1第3行第2列' };
    const table = grid([
      ['姓名', '李建国', '性别', '男', { text: '贴2寸彩色\n照片处', down: 2 }],
      ['民族', '汉', '文化程度', '大专'],
      ['主要事迹', { text: '他二十年如一日……', across: 3, picture: 0 }, ''],
    ]);
    const [form] = readForms(document([title, table], { pictures: [across] }), notice);
    expect(form?.photo).toMatchObject({ location: '表1第1行第5列', picture: null });
  });

  test('only what was printed: a blank template, whoever stamped its foot', () => {
    const form = only(
      title,
      paragraph('推荐单位__________'),
      grid([
        ['姓名', '', '性别', '男 女', '出生年月', '  年  月'],
        ['工作单位', { across: 3 }, '联系电话', ''],
        ['所在单位工会意见', { text: '同意推荐（公章）2018年7月3日', across: 5 }],
      ]),
    );
    expect(form.blank).toBe(true);
  });

  test('instructions printed in the cells fill nothing', () => {
    const form = only(
      title,
      grid([
        ['姓名', '（请用正楷填写）', '性别', '□男 □女', '出生年月', '（如：1975.03）'],
        ['工作单位', '（填写全称）', '联系电话', '', '主要事迹', '（2000字以内，可另附页）'],
      ]),
    );
    expect(form.blank).toBe(true);
    expect(
      only(
        title,
        grid([
          ['姓名', '李建国（曾用名李建）', '性别', '男', '出生年月', '1975.03'],
          ['工作单位', '（原）焦作市某厂', '联系电话', '', '民族', '汉'],
        ]),
      ).blank,
    ).toBe(false);
  });

  test('one field filled and it is blank no longer', () => {
    expect(
      only(
        title,
        grid([
          ['姓名', '李建国', '性别', '', '出生年月', ''],
          ['工作单位', '', '联系电话', '', '民族', ''],
        ]),
      ).blank,
    ).toBe(false);
  });
});

const listHead = ['序号', '成果名称', '奖励名称', '奖励级别', '奖励等级', '授奖部门', '获奖时间', '本人排名'];
const award = ['1', '液压支架快速拆装法', '科技进步奖', '市级', '二等奖', '焦作市人民政府', '2016.04', '1'];

describe('a list however it was drawn', () => {
  test('title, head line, head row, rows, pre-numbered empty rows, a note', () => {
    const form = only(
      paragraph('获市级以上奖励的技术创新成果一览表'),
      paragraph('单位工会公章：              推荐人选姓名：李建国'),
      grid([
        listHead,
        award,
        ['2', '掘进机截齿改造', '职工技术创新成果', '省级', '三等奖', '河南省总工会', '2017年12月', '2'],
        ['3', '', '', '', '', '', '', ''],
        ['4', '', '', '', '', '', '', ''],
        [{ text: '注：须附证书复印件', across: 8 }],
      ]),
    );
    expect(form.definition.code).toBe('innovation_list');
    expect(textOf(form, 'name')).toBe('李建国');
    expect(rowsOf(form).map(({ ordinal, cells }) => [ordinal, cells.title?.text, cells.awardLevel?.location])).toEqual([
      [1, '液压支架快速拆装法', '表1第2行第4列'],
      [2, '掘进机截齿改造', '表1第3行第4列'],
    ]);
  });

  test('the head in two rows under a group', () => {
    const form = only(
      grid([
        [{ text: '获市级以上奖励的技术创新成果一览表', across: 6 }],
        [
          { text: '序号', down: 2 },
          { text: '成果名称', down: 2 },
          { text: '获奖情况', across: 4 },
        ],
        ['奖励级别', '授奖部门', '获奖时间', '奖励等级'],
        ['1', '液压支架快速拆装法', '市级', '焦作市人民政府', '2016.04', '二等奖'],
      ]),
    );
    expect(rowsOf(form)).toHaveLength(1);
    expect(rowsOf(form)[0]?.cells.issuer?.text).toBe('焦作市人民政府');
  });

  test.each(['例：某某装置', '（例）某某装置', '示例'])('“%s” left over from the template is no row', (example) => {
    const form = only(
      paragraph('创新成果一览表'),
      grid([
        ['序号', '成果名称', '奖励级别', '授奖部门', '获奖时间'],
        ['', example, '', '', ''],
        ['1', '例行检修新法', '市级', '乙', '2016.04'],
      ]),
    );
    expect(rowsOf(form).map(({ ordinal, cells }) => [ordinal, cells.title?.text])).toEqual([[1, '例行检修新法']]);
  });

  test('synonyms: 项目名称, 颁奖单位, 授奖时间', () => {
    const form = only(
      grid([
        ['序号', '项目名称', '奖项名称', '获奖级别', '颁奖单位', '授奖时间'],
        ['1', '甲', '乙', '省级', '丙', '2015.1'],
      ]),
    );
    expect(form.definition.code).toBe('innovation_list');
  });

  test('a cell merged over two rows counts for both', () => {
    const form = only(
      paragraph('技术创新成果一览表'),
      grid([
        listHead,
        ['1', '甲', '科技进步奖', '市级', '一等奖', { text: '焦作市人民政府', down: 2 }, '2016.04', '1'],
        ['2', '乙', '科技进步奖', '市级', '二等奖', '2017.05', '1'],
      ]),
    );
    expect(rowsOf(form).map(({ cells }) => cells.issuer?.text)).toEqual(['焦作市人民政府', '焦作市人民政府']);
  });

  test.each([['无'], ['/'], ['——'], ['暂无']])('“%s” in an otherwise empty list declares it empty', (none) => {
    const form = only(
      paragraph('技术创新成果一览表'),
      grid([listHead, ['1', none, '', '', '', '', '', ''], ['2', '', '', '', '', '', '', '']]),
    );
    expect(form).toMatchObject({ blank: false, tables: [{ declaredNone: true, rows: [] }] });
  });

  test('无 merged across the first row declares it empty too', () => {
    expect(
      only(paragraph('技术创新成果一览表'), grid([listHead, [{ text: '无', across: 8 }]])).tables[0],
    ).toMatchObject({ declaredNone: true });
  });

  test('无 in one column of a real row is just that', () => {
    const form = only(
      paragraph('技术创新成果一览表'),
      grid([listHead, ['1', '甲', '无', '市级', '无', '焦作市总工会', '2016.04', '1']]),
    );
    expect(form.tables[0]).toMatchObject({ declaredNone: false });
    expect(rowsOf(form)).toHaveLength(1);
  });

  test('无专利 in the column of the numbers declares it empty, a nought there does not', () => {
    const declared = (first: string) =>
      only(paragraph('技术创新成果一览表'), grid([listHead, [first, '', '', '', '', '', '', '']])).tables[0]
        ?.declaredNone;
    expect([declared('无专利'), declared('0'), declared('1')]).toEqual([true, false, false]);
  });

  test('numbers only: a blank list', () => {
    expect(
      only(
        paragraph('技术创新成果一览表'),
        grid([listHead, ['1', '', '', '', '', '', '', ''], ['2', '', '', '', '', '', '', '']]),
      ).blank,
    ).toBe(true);
  });

  test('a list whose columns nobody knows is not called blank', () => {
    const found = forms(
      paragraph('主要发明专利、实用新型专利成果一览表'),
      grid([
        ['项', '内容'],
        ['一', '一种支架'],
      ]),
    );
    expect(found.every(({ blank, understood }) => !blank && !understood)).toBe(true);
  });

  test('the head repeated on the next page and a total are no rows', () => {
    const form = only(
      paragraph('技术创新成果一览表'),
      grid([listHead, award, listHead, ['2', ...award.slice(1)], ['合计', '2项', '', '', '', '', '', '']]),
    );
    expect(rowsOf(form)).toHaveLength(2);
  });
});

describe('form 4 in both of its shapes', () => {
  const basics = [
    ['姓名', '李建国', '性别', '男', '出生年月', '1975.03'],
    ['工作单位', '甲公司', '技能等级', '高级技师', '联系电话', '0391-0000000'],
  ];

  test('labelled counts under their groups', () => {
    const form = only(
      paragraph('焦作工匠推荐人选基本情况及主要业绩量化表'),
      grid([
        ...basics,
        [{ text: '主要荣誉', down: 1 }, '国家级', '0', '省部级', '1', '市级', '3'],
        ['技术创新成果', '国家级', '0', '省部级', '1', '市级', '2'],
        ['专利', '发明', '1', '实用新型', '2', '经济效益（万元）', '320'],
      ]),
    );
    expect(form.definition.code).toBe('performance_sheet');
    expect(
      [
        'honoursMunicipal',
        'innovationsProvincial',
        'innovationsMunicipal',
        'patentsInventionGrouped',
        'patentsUtilityGrouped',
        'benefit',
      ].map((key) => textOf(form, key)),
    ).toEqual(['3', '1', '2', '1', '2', '320']);
  });

  test('numbers below their heads, the group beside them, and labels that name their group', () => {
    const form = only(
      paragraph('焦作工匠推荐人选基本情况及主要业绩量化表'),
      grid([
        ...basics,
        ['国家级荣誉（项）', '1', '省部级荣誉（项）', '2', '市级荣誉（项）', '3'],
        [
          { text: '专利（项）', across: 2, down: 2 },
          { text: '发明专利', across: 2 },
          { text: '实用新型专利', across: 2 },
        ],
        [
          { text: '0', across: 2 },
          { text: '4', across: 2 },
        ],
      ]),
    );
    expect(
      ['honoursNational', 'honoursProvincial', 'honoursMunicipal', 'patentsInvention', 'patentsUtility'].map((key) =>
        textOf(form, key),
      ),
    ).toEqual(['1', '2', '3', '0', '4']);
  });

  const scoreHead = ['序号', '项目', '评分依据', '标准分', '自评分', '核定分'];
  test('a score sheet: filled by its own points', () => {
    const form = only(
      paragraph('焦作工匠推荐人选基本情况及主要业绩量化表'),
      grid(basics),
      grid([
        scoreHead,
        ['1', '技能等级', '高级技师20分', '20', '20', ''],
        ['2', '获得荣誉', '省级10分', '20', '15', ''],
        ['', '合计', '', '100', '35', ''],
      ]),
    );
    expect(form.tables[0]).toMatchObject({ key: 'scores' });
    expect(form.tables[0]?.rows.map(({ cells }) => cells.own?.text)).toEqual(['20', '15']);
    expect(form.blank).toBe(false);
  });

  test('a score sheet with nothing but its printed items is blank', () => {
    expect(
      only(
        paragraph('焦作工匠推荐人选基本情况及主要业绩量化表'),
        grid([['姓名', '', '性别', '', '出生年月', '']]),
        grid([scoreHead, ['1', '技能等级', '高级技师20分', '20', '', ''], ['2', '获得荣誉', '省级10分', '20', '', '']]),
      ).blank,
    ).toBe(true);
  });
});

describe('which form it is', () => {
  const patentHead = ['序号', '专利名称', '专利类型', '专利号', '授权公告日', '专利权人'];
  const personal = grid([
    ['姓名', '李建国', '性别', '男', '出生年月', '1975.03'],
    ['工作单位', '甲公司', '联系电话', '0391-0000000', '身份证号码', '410890197503150016'],
    ['主要事迹', { text: '他……', across: 5 }],
  ]);

  test('four annexes in one file', () => {
    const found = forms(
      title,
      personal,
      paragraph('获市级以上奖励的技术创新成果一览表'),
      grid([listHead, award], { name: '表2' }),
      paragraph('主要发明专利、实用新型专利成果一览表'),
      grid([patentHead, ['1', '一种支架', '发明', 'ZL201310699744.2', '2015.06', '甲公司']], { name: '表3' }),
      paragraph('焦作工匠推荐人选基本情况及主要业绩量化表'),
      grid(
        [
          ['姓名', '李建国', '技能等级', '技师'],
          ['工作单位', '甲公司', '经济效益', '320万元'],
        ],
        { name: '表4' },
      ),
    );
    expect(found.map(({ definition }) => definition.code)).toEqual([
      'recommendation_form',
      'innovation_list',
      'patent_list',
      'performance_sheet',
    ]);
  });

  test('two nominees one after the other in one file', () => {
    const other = grid(
      [
        ['姓名', '王秀英', '性别', '女', '出生年月', '1980.11'],
        ['工作单位', '乙公司', '联系电话', '0391-0000001', '身份证号码', ''],
        ['主要事迹', { text: '她……', across: 5 }],
      ],
      { name: '表2' },
    );
    expect(forms(title, personal, title, other).map((form) => textOf(form, 'name'))).toEqual(['李建国', '王秀英']);
  });

  test('one form over two tables is one form', () => {
    const second = grid(
      [
        ['所在单位工会意见', '同意（公章）'],
        ['县（市）区总工会意见', ''],
        ['市总工会意见', ''],
      ],
      { name: '表2' },
    );
    const form = only(title, personal, second);
    expect(fieldOf(form, 'unitUnionOpinion')?.blank).toBe(false);
    expect(fieldOf(form, 'officeOpinion')?.blank).toBe(true);
  });

  test('labels alone tell it where the title was cut away', () => {
    expect(
      only(grid([patentHead, ['1', '一种支架', '发明', 'ZL201310699744.2', '2015.06', '甲公司']])).definition.code,
    ).toBe('patent_list');
  });

  test('the notice itself, which names all four annexes, is none of them', () => {
    expect(
      forms(
        paragraph('关于选树首批焦作工匠的通知'),
        paragraph('附件：'),
        paragraph('1．焦作工匠推荐表'),
        paragraph('2．获市级以上奖励的技术创新成果一览表'),
      ),
    ).toHaveLength(0);
  });

  test('a meeting’s sign-in sheet is none', () => {
    expect(
      forms(
        paragraph('会议签到表'),
        grid([
          ['序号', '姓名', '单位', '电话'],
          ['1', '甲', '乙', '丙'],
        ]),
      ),
    ).toHaveLength(0);
  });
});

test('a sheet merged from end to end and a cell in the last corner cost nothing', () => {
  const table = grid(
    [
      ['姓名', '李建国', '性别', '男'],
      ['民族', '汉', '工作单位', '甲公司'],
    ],
    { name: 'Sheet1', sheet: true },
  );
  const far = {
    row: 1_048_576,
    column: 16_384,
    rowSpan: 1,
    columnSpan: 1,
    text: '.',
    value: '.',
    date: null,
    location: 'Sheet1!XFD1048576',
    pictures: [],
  };
  const cover = {
    row: 3,
    column: 1,
    rowSpan: 1_048_574,
    columnSpan: 16_384,
    text: '焦作工匠推荐表',
    value: null,
    date: null,
    location: 'Sheet1!A3',
    pictures: [],
  };
  const began = performance.now();
  forms({ ...table, cells: [...table.cells, cover, far] });
  expect(performance.now() - began).toBeLessThan(2000);
});
