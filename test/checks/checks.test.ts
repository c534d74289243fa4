import { describe, expect, test } from '@jest/globals';
import { currentOf } from '../../src/application/current.ts';
import { peersOf } from '../../src/application/peers.ts';
import { findingCodes } from '../../src/notice/finding-codes.ts';
import { application, award, codesOf, type Dossier, findingsOf, patent, unfilled } from '../support/applications.ts';
import { notice } from '../support/notice.ts';

test('a dossier with nothing wrong has no findings', () => {
  expect(findingsOf(application())).toEqual([]);
});

const row = (base: string[], at: number, value: string) => base.map((cell, index) => (index === at ? value : cell));

/** Both sides of each boundary: what is found, and its neighbour where nothing is. */
describe('what is missing or blank', () => {
  test.each([
    ['no form 4', { form4: null }, ['material_missing performance_sheet']],
    [
      'no honour certificate',
      { certificates: { innovation_list: 1, patent_list: 1 } },
      ['material_missing honor_certificates'],
    ],
    ['no photo anywhere', { photo: null, photoInForm: false }, ['material_missing photo']],
    [
      'honour certificates announced on paper',
      { certificates: { innovation_list: 1, patent_list: 1 }, onPaper: ['honor_certificates'] },
      [],
    ],
    [
      'an unread rar that might be form 4',
      {
        form4: null,
        open: [{ why: 'unreadable' as const, reason: 'archive_unsupported' as const, mightBe: ['performance_sheet'] }],
      },
      [],
    ],
    [
      'an unread file that cannot be form 4',
      { form4: null, open: [{ why: 'unreadable' as const, mightBe: ['photo'] }] },
      ['material_missing performance_sheet'],
    ],
    [
      'a patent in the list, no certificate',
      { certificates: { innovation_list: 1, honor_certificates: 1 } },
      ['certificates_missing patent_list'],
    ],
    [
      'the same, with unsorted pictures',
      { certificates: { innovation_list: 1, honor_certificates: 1 }, open: [{ mightBe: ['patent_list'] }] },
      [],
    ],
    [
      'the same, certificates on paper',
      { certificates: { innovation_list: 1, honor_certificates: 1 }, onPaper: ['patent_list'] },
      [],
    ],
    [
      '无 in the patent list',
      {
        patents: [['1', '无', '', '', '', '']],
        form4: { 发明专利: '0' },
        certificates: { innovation_list: 1, honor_certificates: 1 },
      },
      [],
    ],
    [
      'two awards, one certificate',
      { awards: [award, award], form4: { 技术创新成果数: '2' } },
      ['certificates_fewer innovation_list'],
    ],
    [
      'two awards, one certificate, a picture nobody has sorted',
      {
        awards: [award, award],
        form4: { 技术创新成果数: '2' },
        open: [{ mightBe: ['innovation_list', 'honor_certificates'] }],
      },
      [],
    ],
    [
      'two awards, two certificates',
      {
        awards: [award, award],
        form4: { 技术创新成果数: '2' },
        certificates: { innovation_list: 2, patent_list: 1, honor_certificates: 1 },
      },
      [],
    ],
    ['an empty award list', { awards: [['1', '', '', '', '', '', '', '']] }, ['blank_form innovation_list']],
    [
      'an unfilled 推荐表',
      {
        form1: unfilled,
        photo: {},
      },
      ['blank_form recommendation_form'],
    ],
    ...['暂无专利', '本人无专利成果。', '没有专利', '确无此类成果', '此项无', '未取得发明专利'].map(
      (said) =>
        [
          `${said} in the patent list`,
          { patents: [['1', said, '', '', '', '']], certificates: { innovation_list: 1, honor_certificates: 2 } },
          ['count_disagrees performance_sheet'],
        ] as [string, Partial<Dossier>, string[]],
    ),
    [
      'a result whose name begins with 无',
      { awards: [['1', '无损检测工艺', '', '', '', '', '', '']] },
      [...Array(3).fill('field_blank innovation_list'), 'rank_unclear innovation_list'], // level, giver, time; rank
    ],
    ['one field empty', { form1: { 主要事迹: '' } }, ['field_blank recommendation_form']],
    ['an optional field empty', { form1: { 民族: '' } }, []],
    ['a required column empty in a filled row', { awards: [row(award, 5, '')] }, ['field_blank innovation_list']],
    ['an optional column empty', { awards: [row(award, 4, '')] }, []],
    ['a pre-numbered row left empty', { awards: [award, ['2', '', '', '', '', '', '', '']] }, []],
  ])('%s', (_, given, codes) => {
    expect(codesOf(application(given))).toEqual(codes);
  });

  test('an empty list tells how to say that there is nothing to list, an empty 推荐表 does not', () => {
    const sentence = (given: Partial<Dossier>) => findingsOf(application(given))[0]?.forUnion;
    expect(sentence({ patents: [['1', '', '', '', '', '']] })).toContain('确无此类专利的，请在表中填“无”');
    expect(sentence({ form1: unfilled, photo: {} })).toContain('收到的是空白表格；请发填写完整的电子版');
  });

  test('another campaign’s form', () => {
    expect(codesOf(application({ heading: '河南省五一劳动奖章推荐表' }))).toEqual(['wrong_form recommendation_form']);
    expect(codesOf(application({ heading: '“焦作工匠”推荐表（曾获五一劳动奖章）' }))).toEqual([]);
    expect(codesOf(application({ heading4: '中原大工匠推荐人选基本情况及主要业绩量化表' }))).toEqual([
      'wrong_form performance_sheet',
    ]);
    expect(codesOf(application({ heading4: '主要业绩量化表' }))).toEqual([]);
  });

  test('last year’s form', () => {
    expect(codesOf(application({ heading: '2017年度焦作工匠推荐表' }))).toEqual([
      'form_older_year recommendation_form',
    ]);
    expect(codesOf(application({ heading: '2018年焦作工匠推荐表' }))).toEqual([]);
  });

  test('a year in the first row of a list is when the prize was given, not the year of the form', () => {
    expect(codesOf(application({ awards: [row(award, 6, '2016年')] }))).toEqual([]);
  });
});

describe('numbers', () => {
  test.each([
    [
      'ID check digit wrong',
      { form1: { 身份证号码: '410890197503150017' } },
      ['id_number_invalid recommendation_form'],
    ],
    ['ID rounded by Excel', { form1: { 身份证号码: '4.1089E+17' } }, ['id_number_truncated recommendation_form']],
    [
      'another month than the ID says',
      { form1: { 出生年月: '1975.04' }, form4: { 出生年月: '1975.04' } },
      ['id_disagrees recommendation_form'],
    ],
    ['only the year stated', { form1: { 出生年月: '1975年' } }, []],
    [
      'another sex than the ID says',
      { form1: { 性别: '女' }, form4: { 性别: '女' } },
      ['id_disagrees recommendation_form'],
    ],
    [
      'patent check digit wrong',
      { patents: [row(patent, 3, 'ZL201310699744.3')] },
      ['patent_number_invalid patent_list'],
    ],
    ['a publication number', { patents: [row(patent, 3, 'CN103738457A')] }, ['patent_number_invalid patent_list']],
    [
      'a utility model called an invention',
      { patents: [row(patent, 3, '201320699744.8')] },
      ['patent_type_disagrees patent_list'],
    ],
    [
      'a design',
      { patents: [row(row(patent, 3, '201330699744.3'), 2, '外观设计')], form4: { 发明专利: '0' } },
      ['design_patent patent_list'],
    ],
    ['granted before it was filed', { patents: [row(patent, 4, '2012.06')] }, ['date_implausible patent_list']],
    ['granted in the year it was filed', { patents: [row(patent, 4, '2013.12')] }, []],
    ['form 4 counts one patent too many', { form4: { 发明专利: '2' } }, ['count_disagrees performance_sheet']],
    ['form 4 counts in words', { form4: { 发明专利: '一项' } }, []],
    [
      'form 4 says 无 where the list has one',
      { form4: { 技术创新成果数: '无' } },
      ['count_disagrees performance_sheet'],
    ],
  ])('%s', (_, given, codes) => {
    expect(codesOf(application(given))).toEqual(codes);
  });
});

describe('dates', () => {
  test.each([
    [
      '12年 where a month was asked',
      { form1: { 从事现岗位工作时间: '12年' } },
      ['start_date_not_a_date recommendation_form'],
    ],
    ['2006年', { form1: { 从事现岗位工作时间: '2006年' } }, []],
    ['an award after the mail', { awards: [row(award, 6, '2018.08')] }, ['date_implausible innovation_list']],
    ['an award in the month of the mail', { awards: [row(award, 6, '2018.07')] }, []],
    [
      'an award on the day after the mail',
      { awards: [row(award, 6, '2018.7.19')] },
      ['date_implausible innovation_list'],
    ],
    ['an award on the day of the mail', { awards: [row(award, 6, '2018.7.18')] }, []],
    [
      'a birth that makes 15 years',
      { form1: { 出生年月: '2003.03', 身份证号码: '410890200303150016' }, form4: { 出生年月: '2003.03' } },
      ['date_implausible recommendation_form', 'date_implausible performance_sheet'],
    ],
    [
      'a birth that makes 16 years',
      { form1: { 出生年月: '2002.03', 身份证号码: '410890200203150019' }, form4: { 出生年月: '2002.03' } },
      [],
    ],
    ['no date at all', { awards: [row(award, 6, '上半年')] }, ['date_implausible innovation_list']],
  ])('%s', (_, given, codes) => {
    expect(codesOf(application(given))).toEqual(codes);
  });
});

describe('the photo', () => {
  test.each([
    ['black and white', { photo: { grey: true } }, ['photo_grey photo']],
    ['389 wide', { photo: { width: 389, height: 540 } }, ['photo_small photo']],
    ['390×530', { photo: { width: 390, height: 530 } }, []],
    ['529 high', { photo: { width: 400, height: 529 } }, ['photo_small photo']],
    ['too broad (0.81)', { photo: { width: 810, height: 1000 } }, ['photo_shape photo']],
    ['just broad enough (0.80)', { photo: { width: 800, height: 1000 } }, []],
    ['too narrow (0.63)', { photo: { width: 630, height: 1000 } }, ['photo_shape photo']],
    ['just narrow enough (0.64)', { photo: { width: 640, height: 1000 } }, []],
    ['large', { photo: { width: 4130, height: 5790 } }, []],
    ['a file, but none in the form', { photoInForm: false }, ['photo_not_in_form photo']],
    ['only in the form', { photo: null }, ['photo_only_in_form photo']],
    ['in the form, and a Word file that may be the photo', { photo: null, open: [{ mightBe: ['photo'] }] }, []],
    [
      'in the form, and a file that can be none',
      { photo: null, open: [{ mightBe: ['patent_list'] }] },
      ['photo_only_in_form photo'],
    ],
    ['colour not known (HEIC)', { photo: { grey: null } }, []],
  ])('%s', (_, given, codes) => {
    expect(codesOf(application(given))).toEqual(codes);
  });
});

describe('the person and the union, for staff', () => {
  test.each([
    ['another name in form 4', { form4: { 姓名: '李健国' } }, ['person_disagrees performance_sheet']],
    ['another unit in form 4', { form4: { 工作单位: '焦作市别家公司' } }, ['person_disagrees performance_sheet']],
    ['the unit with its workshop', { form4: { 工作单位: '焦作市某某机械有限公司一车间' } }, []],
    ['another level in form 4', { form4: { 技能等级: '技师' } }, ['person_disagrees performance_sheet']],
    ['the same level in other words', { form4: { 技能等级: '一级/高级技师' } }, []],
    [
      'below 高级工',
      { form1: { 职业资格: '四级/中级工' }, form4: { 技能等级: '中级工' } },
      ['level_below recommendation_form'],
    ],
    ['just 高级工', { form1: { 职业资格: '三级' }, form4: { 技能等级: '高级工' } }, []],
    ['a title instead of a level', { form1: { 职业资格: '高级工程师' }, form4: { 技能等级: '高级工程师' } }, []],
    ['an award of the county', { awards: [row(award, 3, '县级')] }, ['award_level_below innovation_list']],
    ['an award of a trade body', { awards: [row(award, 3, '行业级')] }, ['award_level_below innovation_list']],
    ['an award of the city', { awards: [row(award, 3, '市')] }, []],
    ['a union on no roster', { union: { name: '某某厂工会', known: false, quota: 1 } }, ['union_unknown']],
    ['no union at all', { union: null }, ['union_unknown']],
    ['an A4 page', { page: { widthMm: 210, heightMm: 297 } }, ['page_not_a3 recommendation_form']],
    ['an A3 page upright', { page: { widthMm: 297, heightMm: 420 } }, []],
    ['a page nobody stated', { page: null }, []],
    ['the office’s box filled', { form1: { 市总工会意见: '同意' } }, ['office_opinion_filled recommendation_form']],
    ['the office’s box as printed', { form1: { 市总工会意见: '焦作市总工会（公章）   年  月  日' } }, []],
    ['an ID card sent along', { idCards: ['身份证.jpg'] }, ['id_card_not_needed']],
    ['a question beside the materials', { toRead: ['请问纸质版什么时候交？'] }, ['letter_says']],
  ])('%s', (_, given, codes) => {
    expect(codesOf(application(given))).toEqual(codes);
  });

  test('the third of a quota of two, the second not; another union’s first not', () => {
    const [first, second, third] = ['09', '10', '11'].map((day) =>
      application({
        nominee: `人${day}`,
        sha: day,
        receivedAt: `2018-07-${day}T08:00:00+08:00`,
        patents: [['1', '无', '', '', '', '']],
        form4: { 发明专利: '0' },
        photoInForm: false,
        photo: null,
        open: [{ mightBe: ['photo'] }],
      }),
    );
    const other = application({
      nominee: '人12',
      sha: '12',
      union: { name: '温县总工会', known: true, quota: 2 },
      receivedAt: '2018-07-12T08:00:00+08:00',
      patents: [['1', '无', '', '', '', '']],
      form4: { 发明专利: '0' },
      photoInForm: false,
      photo: null,
      open: [{ mightBe: ['photo'] }],
    });
    const all = [third, other, first, second].flatMap((each) => each ?? []);
    expect(all.map((each) => [each.nominee, codesOf(each, all)])).toEqual([
      ['人11', ['over_quota']],
      ['人12', []],
      ['人09', []],
      ['人10', []],
    ]);
  });

  test('one nominee from two unions is shown at both', () => {
    const one = application({
      sha: '1',
      photoInForm: false,
      photo: null,
      open: [{ mightBe: ['photo'] }],
      patents: [['1', '无', '', '', '', '']],
      form4: { 发明专利: '0' },
    });
    const two = application({
      sha: '2',
      photoInForm: false,
      photo: null,
      open: [{ mightBe: ['photo'] }],
      patents: [['1', '无', '', '', '', '']],
      form4: { 发明专利: '0' },
      union: { name: '温县总工会', known: true, quota: 2 },
    });
    expect([one, two].map((each) => codesOf(each, [one, two]))).toEqual([['duplicate_nominee'], ['duplicate_nominee']]);
  });

  test('one patent and one certificate file in two dossiers', () => {
    const one = application({ photoInForm: false, photo: null, open: [{ mightBe: ['photo'] }] });
    const two = application({
      nominee: '王秀英',
      photoInForm: false,
      photo: null,
      open: [{ mightBe: ['photo'] }],
      certificates: { innovation_list: 1, patent_list: 1, honor_certificates: 1 },
    });
    expect(findingsOf(one, [one, two]).map(({ code, evidence }) => [code, evidence.seen])).toEqual([
      ['evidence_shared', '“身份证号码”'],
      ['evidence_shared', '成果“液压支架快速拆装法”'],
      ['evidence_shared', '专利号201310699744.2'],
      ['evidence_shared', '文件“innovation_list1.jpg”'],
      ['evidence_shared', '文件“patent_list1.jpg”'],
      ['evidence_shared', '文件“honor_certificates1.jpg”'],
    ]);
  });
});

describe('what the notice leaves open is for staff, or told along', () => {
  test.each([
    ['the number 2007.1, which 2007.10 becomes as well', 2007.1, ['date_unclear 创新成果一览表.xlsx 第1项']],
    ['the text 2007.1', '2007.1', []],
  ])('%s', (_, value, expected) => {
    const given = application({ awards: [row(award, 6, '2007.1')] });
    const cell = currentOf(given, 'innovation_list').form?.form?.tables[0]?.rows[0]?.cells.date;
    if (!cell) throw new Error('there is no award');
    Object.assign(cell, { value });
    const told = findingsOf(given).map(
      ({ code, evidence, forStaff }) => `${code} ${evidence.file} ${/第\d项/.exec(forStaff)?.[0]}`,
    );
    expect(told).toEqual(expected);
  });
  const deeds = (signs: number) => ({ form1: { 主要事迹: '干'.repeat(signs) } });
  const form4 = (text: string) => ({ form4: { 主要荣誉数: text, 发明专利: '1', 实用新型专利: text } });
  test.each<[string, Dossier, string[]]>([
    ['a story of 299 signs', deeds(299), ['length_unusual recommendation_form']],
    ['a story of 300 signs', deeds(300), []],
    ['a story of 3000 signs', deeds(3000), []],
    ['a story of 3001 signs', deeds(3001), ['length_unusual recommendation_form']],
    ['his place among the authors left empty', { awards: [row(award, 7, '')] }, ['rank_unclear innovation_list']],
    ['his place as 参与', { awards: [row(award, 7, '参与')] }, ['rank_unclear innovation_list']],
    ['his place as 第三', { awards: [row(award, 7, '第三')] }, []],
    ['his place as 2/5', { awards: [row(award, 7, '2/5')] }, []],
    ['his place as 独立完成', { awards: [row(award, 7, '独立完成')] }, []],
    ['若干 for a number of patents', form4('若干'), ['count_not_a_number performance_sheet']],
    ['0 for a number of patents', form4('0'), []],
    ['无 for a number of patents', form4('无'), []],
    ['a number with words beside it', form4('0（另有2项在审）'), []],
  ])('%s', (_, dossier, expected) => {
    expect(codesOf(application(dossier))).toEqual(expected);
  });

  test('one ID number or award with two people; neither key nor sentence holds the number', () => {
    const [one, two] = [
      application(),
      application({ nominee: '王秀英', sha: '2', form1: { 身份证号码: '410890197503150016' } }),
    ];
    const found = findingsOf(one, [one, two]).filter(({ code }) => code === 'evidence_shared');
    expect(found.map(({ evidence }) => evidence.seen)).toContain('“身份证号码”');
    expect(JSON.stringify([found, peersOf(one, [one, two])])).not.toContain('410890197503150016');
  });

  test('高级工程师 is a title and no 高级工, 三级 is above 四级', () => {
    expect(codesOf(application({ form1: { 职业资格: '高级工程师' }, form4: { 技能等级: '高级工程师' } }))).toEqual([]);
    expect(codesOf(application({ form1: { 职业资格: '三级' }, form4: { 技能等级: '三级' } }))).toEqual([]);
    expect(codesOf(application({ form1: { 职业资格: '四级' }, form4: { 技能等级: '四级' } }))).toEqual([
      'level_below recommendation_form',
    ]);
  });
});

describe('what a finding carries', () => {
  test('clause, severity, place, what was seen, and two sentences', () => {
    const [found] = findingsOf(application({ awards: [row(award, 5, '')] }));
    expect(found).toEqual({
      code: 'field_blank',
      severity: 'blocking',
      requirement: 'innovation_list',
      clause: '七（二）',
      evidence: { file: '创新成果一览表.xlsx', location: '表1第2行第6列', seen: '' },
      forUnion: '“创新成果一览表.xlsx”第1项“授奖部门”——未填写，请补充',
      forStaff: '创新成果一览表.xlsx 表1第2行第6列“授奖部门”为空',
    });
  });

  test('an empty field is called as this copy of the form calls it', () => {
    const [found] = findingsOf(application({ form1: { 联系电话: undefined, '手机号码：': '' } }));
    expect(found?.forUnion).toBe('“推荐表.docx”“手机号码”——未填写，请补充');
  });

  test('a wrong ID number is never written out, neither to the union nor to staff', () => {
    const [found] = findingsOf(application({ form1: { 身份证号码: '410890197503150017' } }));
    expect(JSON.stringify(found)).not.toContain('19750315');
    expect(found?.forUnion).toBe('“推荐表.docx”“身份证号码”——身份证号码位数或校验位不符，请核对（号码不在此列出）');
  });

  test('a note says nothing to the union, whatever the code', () => {
    for (const found of findingsOf(
      application({
        form1: { 职业资格: '中级工' },
        form4: { 技能等级: '中级工' },
        union: null,
        page: { widthMm: 210, heightMm: 297 },
      }),
    )) {
      expect([found.code, found.severity, found.forUnion]).toEqual([found.code, 'note', null]);
    }
  });

  test('every code has a severity and a sentence for staff in this round', () => {
    for (const code of findingCodes) {
      expect([code, notice.severities[code]]).toEqual([code, expect.stringMatching(/^(blocking|advisory|note)$/)]);
      expect(notice.phrases.findings[code].forStaff).not.toBe('');
    }
  });
});
