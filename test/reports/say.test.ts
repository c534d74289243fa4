import { describe, expect, test } from '@jest/globals';
import { sayReason } from '../../src/reports/digest/set-aside.ts';
import { sayFolder } from '../../src/reports/say.ts';

describe('why a mail was set aside, for somebody who has never seen a mail header', () => {
  test.each([
    ['auto_reply', '邮件头 x-qq-auto-reply', '自动回复：邮件头 x-qq-auto-reply'],
    ['bounce', '邮件类型是系统报告（delivery-status）', '退信：邮件类型是系统报告（delivery-status）'],
    ['advertisement', '主题是“代开发票 优惠”', '广告：主题是“代开发票 优惠”'],
    ['newsletter', '邮件头 list-id（群发邮件）', '邮件头 list-id（群发邮件）'],
    ['unrelated', '附件已全部打开，与本次申报无关', '附件已全部打开，与本次申报无关'],
    ['no_attachment', '来信没有附件，请人工答复', '来信没有附件，请人工答复'],
    [null, '工作人员认定不是申报材料', '工作人员认定不是申报材料'],
    ['bounce', null, '退信'],
  ])('%s %s', (reasonCode, reason, said) => {
    expect(sayReason({ fate: 'set_aside', reasonCode, reason })).toBe(said);
  });

  test('what was not set aside keeps its own words', () => {
    const reason = '本批开始收件以前的邮件';
    expect(sayReason({ fate: 'before_round', reasonCode: 'before_round', reason })).toBe(reason);
    expect(sayReason({ fate: 'recorded', reasonCode: null, reason: null })).toBe('');
  });
});

test.each([
  ['INBOX', '收件箱'],
  ['Inbox', '收件箱'],
  ['垃圾邮件', '垃圾邮件'],
  ['INBOX/2018', 'INBOX/2018'],
])('the folder %s is called %s, as in the web mailbox', (folder, called) => {
  expect(sayFolder(folder)).toBe(called);
});
