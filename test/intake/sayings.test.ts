import { describe, expect, test } from '@jest/globals';
import { onPaper } from '../../src/intake/on-paper.ts';
import { isAboutRound, isReplyToOurLetter, isRevised, isSupplement, wordsToRead } from '../../src/intake/sayings.ts';
import { typed } from '../message/mails.ts';
import { notice } from '../support/notice.ts';

describe('certificates that come on paper', () => {
  const all = ['innovation_list', 'patent_list', 'honor_certificates'];
  test.each([
    ['电子材料见附件，各种证书的复印件已随纸质材料邮寄。', all],
    ['荣誉证书、获奖证书、专利证书的复印件一起随纸质材料送去。', all],
    ['荣誉证书等的复印件已用快递寄出', all],
    ['荣誉证书等复印件已通过EMS寄出。', all],
    ['证书复印件另寄', all],
    ['其余见附件，证书复印件走邮政', all],
    ['复印件用顺丰寄给你们了。', all],
    ['证书复印件不发电子版了，随纸质材料一起交。', all],
    ['荣誉证书复印件页数较多，与纸质材料一同寄出。', ['honor_certificates']],
    ['是否收到？证书复印件随纸质材料报送。', all],
    ['如有不妥请来电，证书复印件随纸质材料报送。', all],
    // a question, an offer, a denial, a promise of scans: nothing comes on paper
    ['请问证书复印件可以寄纸质的吗？', []],
    ['证书复印件要不要邮寄？', []],
    ['证书复印件是发扫描件还是邮寄，请告知。', []],
    ['证书复印件随纸质材料报送可以吗', []],
    ['如需证书纸质复印件，我们可以邮寄。', []],
    ['需要的话，证书复印件我们寄过去。', []],
    ['证书复印件也可邮寄。', []],
    ['证书复印件没有随纸质材料报送，电子版稍后发。', []],
    ['证书复印件未邮寄。', []],
    ['纸质材料已寄出，证书扫描件在附件里。', []],
    ['证书扫描件见附件，纸质材料另行邮寄。', []],
    ['现将推荐表、荣誉证书一并报送，请查收。', []],
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
    ['材料（续）', '', true],
    ['申报材料', '如需补充请告知。', false],
    ['申报材料', '继续办理手续', false],
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
  ['推荐表（修改）.docx', true],
  ['推荐表最终版.docx', true],
  ['推荐表（新）.docx', true],
  ['修改.zip/推荐表.docx', false],
  ['新乡推荐表.docx', false],
])('%s takes the place of an earlier one: %s', (path, expected) => {
  expect(isRevised(path, notice)).toBe(expected);
});

test.each([
  ['武陟县总工会推荐材料', '', true],
  ['请示', '根据焦工文[2018]33号', true],
  ['五一劳动奖章推荐材料', '', false],
  ['五一劳动奖章和焦作工匠推荐材料', '', true],
  ['会议材料', '', false],
])('about this round: %s %s', (subject, text, expected) => {
  expect(isAboutRound(subject, text, notice)).toBe(expected);
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

describe('what a person must read in a mail that brought materials', () => {
  test.each([
    ['材料已全部附上。请问纸质版什么时候交？', ['请问纸质版什么时候交？']],
    ['照片用红底可以吗', ['照片用红底可以吗']],
    ['我单位更换推荐人选，原推荐的王淑琴不再推荐。材料见附件。', ['我单位更换推荐人选，原推荐的王淑琴不再推荐。']],
    ['上午发的推荐表作废，以此件为准', ['上午发的推荐表作废，以此件为准']],
    [
      '一、公示在哪天？\n二、名额够吗？\n三、要原件吗？\n四、去哪里交？',
      ['一、公示在哪天？', '二、名额够吗？', '三、要原件吗？'],
    ],
    // our letter answers it, or nobody is asked
    ['材料见附件，请问收到了吗？', []],
    ['这下应该全了吧？', []],
    ['材料已齐全，请问何时公示？', ['材料已齐全，请问何时公示？']],
    ['请查收！收到请回复，好吗？', []],
    ['材料从 https://mail.qq.com/cgi-bin/ftnExs_download?k=12 下载', []],
    ['照片已更换，请以此为准。', []],
  ])('%s', (text, expected) => {
    expect(wordsToRead('焦作工匠推荐材料', text, notice)).toEqual(expected);
  });

  test('a question in the subject, and no more of a long one than a line', () => {
    expect(wordsToRead('照片要几寸的？', '', notice)).toEqual(['照片要几寸的？']);
    expect(wordsToRead('', `${'很'.repeat(500)}长吗`, notice)[0]).toHaveLength(120);
  });
});
