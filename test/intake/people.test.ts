import { expect, test } from '@jest/globals';
import { readForms } from '../../src/forms/read-forms.ts';
import { nameIn } from '../../src/intake/people.ts';
import { document, grid, paragraph } from '../support/documents.ts';
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
])('%s is the list of %s', (line, name) => {
  const [form] = readForms(
    document([paragraph('技术创新成果一览表'), paragraph(line), grid([head, ['1', '甲', '市级', '乙', '2016.04']])]),
    notice,
  );
  expect(form && nameIn(form, notice.words.names)).toBe(name);
});
