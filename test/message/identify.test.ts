import { describe, expect, test } from '@jest/globals';
import { identify } from '../../src/message/identify.ts';
import type { ParsedMail } from '../../src/message/mail.ts';
import { parsed, typed, words } from './mails.ts';

const own = ['jzghscb@126.com'];
const author = (mail: ParsedMail) => identify(mail, own, words);
const withHeaders = (...headers: string[]) =>
  author(typed(`${headers.join('\n')}\nContent-Type: text/plain; charset=utf-8\n\n材料见附件`));

test.each([
  ['qq-auto-reply', 'auto_reply', 'x-qq-auto-reply'],
  ['qq-holiday-reply', 'auto_reply', 'x-qq-holidayreply'],
  ['163-auto-reply-no-header', 'auto_reply', '这是自动回复'],
  ['netease-bounce', 'bounce', 'delivery-status'],
  ['qq-bounce', 'bounce', 'PostMaster@qq.com'],
  ['read-receipt', 'read_receipt', 'disposition-notification'],
  ['recall-notice', 'recall', '撤回邮件失败'],
  ['own-letter-back', 'own_letter', 'X-Shouli-Letter'],
  ['newsletter', 'newsletter', 'list-id'],
  ['advertisement', 'advertisement', '不想再收到'],
  ['no-reply', 'no_reply', 'noreply@example.com'],
])('%s is %s, and says by which mark', (name, kind, mark) => {
  expect(author(parsed(name))).toEqual({ kind, why: expect.stringContaining(mark) });
});

test.each([
  'foxmail-gbk-names',
  'qq-web-gb18030',
  'qq-mobile-no-message-id',
  '163-web-gbk',
  'quoted-own-letter',
  'pasted-own-letter',
  'foxmail-forward-in-text',
  '163-huge-attachment',
  'person-with-machine-marks',
  'forwarded-eml',
])('%s is a person', (name) => {
  expect(author(parsed(name))).toEqual({ kind: 'person' });
});

describe('an answer without any mark but its words', () => {
  const said = (text: string) =>
    author(typed(`From: a@example.com\nSubject: Re: x\nContent-Type: text/plain; charset=utf-8\n\n${text}`)).kind;
  test.each([
    ['您好，我正在外出学习，期间不能及时处理邮件。【自动回复】', 'auto_reply'],
    ['您好，来信已收到，谢谢！（此邮件为系统自动回复，请勿回复）', 'auto_reply'],
    ['这是自动回复，您的邮件已收到。', 'auto_reply'],
    ['证书复印件随纸质材料报送。', 'person'],
    ['收到你们的自动回复，请问材料齐了吗？', 'person'],
  ])('%s', (text, kind) => {
    expect(said(text)).toBe(kind);
  });
});

describe('one mark each', () => {
  test.each([
    ['auto_reply', 'Auto-Submitted: auto-replied'],
    ['auto_reply', 'Auto-Submitted: auto-generated (vacation)'],
    ['auto_reply', 'Precedence: auto_reply'],
    ['auto_reply', 'Subject: 自动回复：材料'],
    ['auto_reply', 'Subject: 来自王先生的自动回复'],
    ['auto_reply', 'Subject: Automatic reply: materials'],
    ['bounce', 'Subject: 系统退信/The email is returned'],
    ['bounce', 'Subject: Undelivered Mail Returned to Sender'],
    ['bounce', 'From: MAILER-DAEMON@mx.example.com'],
    ['bounce', 'X-Failed-Recipients: a@example.com'],
    ['bounce', 'Return-Path: <>'],
    ['newsletter', 'Precedence: bulk'],
    ['newsletter', 'List-Unsubscribe: <mailto:leave@example.com>'],
    ['read_receipt', 'Subject: 已读：材料接收回执'],
    ['recall', 'Subject: 撤回: 推荐材料'],
    ['own_letter', 'From: JZGHSCB@126.com'],
    ['advertisement', 'Subject: 【广告】新品上市'],
    ['advertisement', 'Subject: 代开各类发票'],
    ['no_reply', 'From: no-reply@example.com'],
  ])('%s: %s', (kind, header) => {
    expect(withHeaders(header)).toMatchObject({ kind });
  });

  test.each([
    'Auto-Submitted: no',
    'Auto-Submitted: No (by hand)',
    'X-Auto-Response-Suppress: All',
    'X-QQ-AUTO-FWD: a@qq.com',
    'X-QQ-AUTO-REPLY: false',
    'Precedence: first-class',
    'Return-Path: <wx@example.com>',
    'Subject: 回复：自动回复：材料',
    'Subject: 关于退信的说明',
    'Subject: 回复：系统退信',
    'From: norepl@example.com',
  ])('%s is a person', (header) => {
    expect(withHeaders(header)).toEqual({ kind: 'person' });
  });
});

test('a vacation answer under QQ’s empty return path is an auto reply, not a bounce', () => {
  expect(withHeaders('Return-Path: <>', 'Auto-Submitted: auto-replied')).toMatchObject({ kind: 'auto_reply' });
});

test('the first sentence decides only when nothing is attached, and never a quoted one', () => {
  const body = (text: string) => `Content-Type: text/plain; charset=utf-8\n\n${text}`;
  const attached = `Content-Type: multipart/mixed; boundary=b\n\n--b\n${body('这是自动回复您要的材料')}\n--b\nContent-Type: image/png; name=a.png\n\nx\n--b--`;
  expect(author(typed(body('您好，这是自动回复')))).toMatchObject({ kind: 'auto_reply' });
  expect(author(typed(attached))).toEqual({ kind: 'person' });
  expect(author(typed(body('照片补上\n\n> 这是自动回复')))).toEqual({ kind: 'person' });
});

test.each([
  ['an offer alone', '我单位技能培训班学员多次获奖', 'person'],
  ['退订 alone', '如需退订报刊请联系工会', 'person'],
  ['both', '优惠课程，回复 T 退订', 'advertisement'],
])('advertisement needs two marks: %s', (_, text, kind) => {
  expect(author(typed(`Content-Type: text/plain; charset=utf-8\n\n${text}`))).toMatchObject({ kind });
});
