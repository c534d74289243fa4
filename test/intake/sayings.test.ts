import { describe, expect, test } from '@jest/globals';
import { isReplyToOurLetter, isSupplement, onPaper } from '../../src/intake/sayings.ts';
import { typed } from '../message/mails.ts';
import { notice } from '../support/notice.ts';

describe('certificates that come on paper', () => {
  test.each([
    ['证书复印件随纸质材料一并报送。', ['innovation_list', 'patent_list', 'honor_certificates']],
    ['荣誉证书复印件另行邮寄', ['honor_certificates']],
    ['专利证书、荣誉证书的复印件已快递寄出。', ['patent_list', 'honor_certificates']],
    ['荣誉证书复印件，随纸质材料送到贵部。', ['honor_certificates']],
    ['荣誉证书复印件见附件，纸质材料另寄。', []],
    ['纸质材料一式三份已邮寄。', []],
    ['荣誉证书扫描后发来。纸质推荐表已邮寄。', []],
    ['', []],
  ])('%s', (text, codes) => {
    expect(onPaper(text, notice)).toEqual(codes);
  });
});

describe('an addition to an earlier mail', () => {
  test.each([
    ['补充材料', '', true],
    ['焦作工匠材料（2/3）', '', true],
    ['回复：焦作工匠材料', '上一封漏发了照片，现补上', true],
    ['焦作工匠申报材料（二）', '请查收', true],
    ['材料第2封', '', true],
    ['焦作工匠申报材料', '请查收', false],
    ['焦作工匠申报材料（一）', '请查收', false],
    ['焦作工匠材料（1/3）', '', false],
  ])('%s / %s', (subject, text, expected) => {
    expect(isSupplement(subject, text, notice)).toBe(expected);
  });
});

test.each([
  ['our number in the subject', 'Subject: Re: [JZGJ-2018-0007] x', true],
  ['in wide brackets, as some clients make them', 'Subject: 回复：材料补正通知［JZGJ-2018-0007］', true],
  ['the thread of our letter', 'Subject: x\nIn-Reply-To: <shouli.JZGJ-2018-0007.receipt@126.com>', true],
  ['another number', 'Subject: [GH-2018-0007] x', false],
  ['another thread', 'Subject: x\nIn-Reply-To: <abc@163.com>', false],
])('a reply to our letter: %s', (_, head, expected) => {
  expect(isReplyToOurLetter(typed(`From: a@example.com\n${head}\n\nx`), notice)).toBe(expected);
});
