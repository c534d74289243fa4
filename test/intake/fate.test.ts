import { describe, expect, test } from '@jest/globals';
import { classify } from '../../src/intake/classify.ts';
import { fateOf } from '../../src/intake/fate.ts';
import { sharesOf } from '../../src/intake/shares.ts';
import { sourceOf } from '../../src/intake/source.ts';
import type { OpenedFile } from '../../src/message/open.ts';
import { typed } from '../message/mails.ts';
import { document, grid, paragraph } from '../support/documents.ts';
import { file, form1For } from '../support/files.ts';
import { notice } from '../support/notice.ts';

const receivedAt = new Date('2018-07-12T10:00:00+08:00');

function fate(subject: string, text: string, ...files: OpenedFile[]) {
  const mail = typed(`From: a@163.com\nSubject: ${subject}\nContent-Type: text/plain; charset=utf-8\n\n${text}`);
  const sorted = classify(files, notice);
  const shares = sharesOf(mail, sorted, sourceOf({ file: '1.eml', receivedAt }, mail), notice);
  const { disposition, reasonCode } = fateOf(mail, { kind: 'person' }, sorted, shares, receivedAt, notice);
  return [disposition, reasonCode];
}

const blank = file('推荐表.docx', form1Blank(), 'docx');
const filled = file('推荐表.docx', form1For('李建国'), 'docx');
const other = file('会议安排.docx', document([paragraph('会议安排')]), 'docx');

describe('a question goes to a person, not into six demands', () => {
  test.each([
    ['a blank form with a question', '咨询', '推荐单位填哪一级？', blank, ['needs_person', 'question']],
    ['a blank form without one', '申报材料', '请查收。', blank, ['application', null]],
    ['a filled form with a question', '申报材料', '照片可以晚两天吗？', filled, ['application', null]],
    ['a question with something else attached', '请教', '这个会要参加吗？', other, ['needs_person', 'no_material']],
    ['something else attached, no question', '会议', '请安排。', other, ['set_aside', 'unrelated']],
  ])('%s', (_, subject, text, attached, expected) => {
    expect(fate(subject, text, attached)).toEqual(expected);
  });
});

describe('another campaign’s form in the same mailbox', () => {
  const rows = [
    ['姓名', '李建国', '性别', '男', '民族', '汉族'],
    ['出生年月', '1975.03', '政治面貌', '群众', '文化程度', '大专'],
    ['参加工作时间', '1993.08', '工作单位', '某厂', '联系电话', '0391-0000000'],
    ['个人简历', '1993.08至今在某厂', '主要事迹', '爱岗敬业', '所在单位意见', '同意'],
    ['职业资格证书编号', '20160000', '岗位（工种）', '焊工', '从事现岗位工作时间', '1996.05'],
  ];
  const foreign = file('审批表.docx', document([paragraph('河南省五一劳动奖章推荐审批表'), grid(rows)]), 'docx');
  test.each([
    ['五一劳动奖章推荐审批表（李建国）', '请查收。', [foreign], ['needs_person', 'other_campaign']],
    ['焦作工匠推荐材料', '请查收。', [foreign], ['application', null]], // the wrong template in the right mail: told so
    ['五一劳动奖章推荐审批表（李建国）', '请查收。', [foreign, filled], ['application', null]],
  ])('%s: %s', (subject, text, attached, expected) => {
    expect(fate(subject, text, ...attached)).toEqual(expected);
  });
});

function form1Blank() {
  const { blocks } = form1For('');
  return document(
    blocks.map((block) =>
      block.kind === 'grid'
        ? {
            ...block,
            cells: block.cells.map((cell) => (cell.column % 2 === 0 ? { ...cell, text: '', value: null } : cell)),
          }
        : block,
    ),
  );
}
