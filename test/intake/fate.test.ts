import { describe, expect, test } from '@jest/globals';
import { classify } from '../../src/intake/classify.ts';
import { fateOf } from '../../src/intake/fate.ts';
import { sharesOf } from '../../src/intake/shares.ts';
import { sourceOf } from '../../src/intake/source.ts';
import type { OpenedFile } from '../../src/message/open.ts';
import { typed } from '../message/mails.ts';
import { document, paragraph } from '../support/documents.ts';
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
