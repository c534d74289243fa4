import { describe, expect, test } from '@jest/globals';
import { readForms } from '../../src/forms/read-forms.ts';
import { classify } from '../../src/intake/classify.ts';
import { nameIn } from '../../src/intake/form-names.ts';
import { peopleOf } from '../../src/intake/people.ts';
import type { OpenedFile } from '../../src/message/open.ts';
import { typed } from '../message/mails.ts';
import { document, grid, paragraph } from '../support/documents.ts';
import { certificate, file, form1For, scan } from '../support/files.ts';
import { notice } from '../support/notice.ts';

const head = ['序号', '成果名称', '奖励级别', '授奖部门', '获奖时间'];

test.each([
  ['推荐人选姓名：李建国', '李建国'],
  ['推荐人选姓名：王　　强', '王强'],
  ['推荐人选姓名：李建国    性别：男', '李建国'],
  ['推荐人选姓名：李建国（焊工）', '李建国'],
  ['推荐人选姓名：艾尔肯·买买提', '艾尔肯·买买提'],
  ['推荐人选姓名：杨䶮', '杨䶮'],
  ['推荐人选姓名：生玉兰', '生玉兰'],
  ['推荐人选姓名：__________', null],
  ['推荐人选姓名：焦作市某某机械有限公司', null],
  ['推荐人选姓名：排名', null],
])('%s is the list of %s', (line, name) => {
  const [form] = readForms(
    document([paragraph('技术创新成果一览表'), paragraph(line), grid([head, ['1', '甲', '市级', '乙', '2016.04']])]),
    notice,
  );
  expect(form && nameIn(form, notice.words.names)).toBe(name);
});

type Mail = { subject?: string; text?: string; from?: string; files: OpenedFile[] };

function nomineesOf({ subject = '申报材料', text = '请查收。', from = '温县总工会', files }: Mail) {
  const mail = typed(
    `From: ${from} <a@163.com>\nSubject: ${subject}\nContent-Type: text/plain; charset=utf-8\n\n${text}`,
  );
  return peopleOf(mail, classify(files, notice), notice).nominees;
}
const pictures = (...paths: string[]) => paths.map((path) => file(path, certificate, 'jpeg'));

describe('a form says who it is: file names alone add nobody', () => {
  const form = file('推荐表.docx', form1For('李建国'), 'docx');
  test.each([
    ['things', '专利证书-水车1.jpg', '专利证书-水车2.jpg'],
    ['places', '施工1.jpg', '施工2.jpg'],
    ['an apprentice', '徒弟张明证书1.jpg', '张明证书2.jpg'],
    ['a trade', '钳工：车工技师证.jpg', '车工高级工证.jpg'],
  ])('%s', (_, ...names) => {
    expect(nomineesOf({ files: [form, ...pictures(...names)] })).toEqual(['李建国']);
  });
  test('the clerk who signs the archive', () => {
    const files = [file('温县总工会周红梅报送.zip/推荐表.docx', form1For('李建国'), 'docx')];
    expect(nomineesOf({ subject: '工匠材料（周红梅）', from: '周红梅', files })).toEqual(['李建国']);
  });
  test('the sender named beside the nominee in subject and file', () => {
    const files = [form, file('周红梅.rar', 'archive_unsupported', 'rar')];
    expect(nomineesOf({ subject: '李建国材料（周红梅）', from: '周红梅', files })).toEqual(['李建国']);
  });
  test('a second nominee is spoken of beside the first', () => {
    const files = [form, file('王秀英.rar', 'archive_unsupported', 'rar')];
    expect(nomineesOf({ subject: '李建国、王秀英申报材料', files })).toEqual(['李建国', '王秀英']);
    expect(nomineesOf({ subject: '申报材料', files })).toEqual(['李建国']);
  });
  test('a second nominee whose forms are scans named after her', () => {
    const files = [form, file('王秀英推荐表.pdf', scan, 'pdf'), file('王秀英量化表.pdf', scan, 'pdf')];
    expect(nomineesOf({ files })).toEqual(['李建国', '王秀英']);
    expect(nomineesOf({ files: files.slice(0, 2) })).toEqual(['李建国']);
  });
});

describe('no form says who it is', () => {
  test.each([
    ['the subject and a file', '李建国申报材料', ['李建国.rar'], ['李建国']],
    ['the subject alone', '温县推荐李建国', ['材料.rar'], ['李建国']],
    ['one file alone', '申报材料', ['李建国.rar'], [null]],
    ['two pictures that might be called anything', '申报材料', ['全景1.jpg', '全景2.jpg'], [null]],
    ['two scanned forms', '申报材料', ['李建国推荐表.pdf', '李建国量化表.pdf'], ['李建国']],
  ])('%s', (_, subject, paths, nominees) => {
    const files = paths.map((path) =>
      path.endsWith('.rar')
        ? file(path, 'archive_unsupported', 'rar')
        : path.endsWith('.pdf')
          ? file(path, scan, 'pdf')
          : file(path, certificate, 'jpeg'),
    );
    expect(nomineesOf({ subject, files })).toEqual(nominees);
  });
  test.each(['联系人：周红梅 0391-0000000', '周红梅报送'])('whoever may be telephoned is no nominee: %s', (text) => {
    const files = [file('周红梅.rar', 'archive_unsupported', 'rar')];
    expect(nomineesOf({ subject: '工匠材料（周红梅）', text, files })).toEqual([null]);
  });
});

describe('a slip of the pen in one form is no second nominee', () => {
  test.each([
    ['李建国', '李健国', ['李建国']],
    ['王强', '王羌', ['王强']],
    ['王强', '张强', ['王强', '张强']],
  ])('%s / %s', (name, slip, nominees) => {
    const list = (title: string, columns: string[], row: string[]) =>
      document([paragraph(title), paragraph(`姓名：${name}`), grid([columns, row])]);
    const files = [
      file('推荐表.docx', form1For(slip), 'docx'),
      file('2.xlsx', list('创新成果一览表', head, ['1', '甲', '市级', '乙', '2016.04']), 'xlsx'),
      file(
        '3.xlsx',
        list('专利成果一览表', ['序号', '专利名称', '专利类型', '专利号'], ['1', '甲', '发明', 'ZL201310699744.2']),
        'xlsx',
      ),
    ];
    expect(nomineesOf({ files }).toSorted()).toEqual(nominees.toSorted());
  });

  test('one form each: file names say who is meant; where none does, they are two', () => {
    const sheet = document([
      paragraph('主要业绩量化表'),
      grid([
        ['姓名', '王羌', '技能等级', '技师'],
        ['经济效益（万元）', '32', '带徒人数', '8'],
      ]),
    ]);
    const both = (name: string) => [file(name, form1For('王强'), 'docx'), file('4.docx', sheet, 'docx')];
    expect(nomineesOf({ files: both('推荐表（王强）.docx') })).toEqual(['王强']);
    expect(nomineesOf({ files: both('1.docx') })).toEqual(['王强', '王羌']);
  });
});
