import { describe, expect, test } from '@jest/globals';
import { parsed, typed } from './mails.ts';

const page = (html: string, headers = '') => typed(`${headers}Content-Type: text/html; charset=utf-8\n\n${html}`);
const text = (lines: string[], headers = '') =>
  typed(`${headers}Content-Type: text/plain; charset=utf-8\n\n${lines.join('\n')}`);

test('QQ: our letter, quoted back below its bar, is not what the union wrote', () => {
  const mail = parsed('quoted-own-letter');
  expect(mail.text).toBe('照片补上了，请查收。');
  expect(mail.quoted).toContain('一、尚未收到的材料：2寸彩色照片——未见此项材料');
  expect(mail).toMatchObject({ forwarded: '', attachments: [{ path: '李建国照片.jpg' }] });
});

test('our letter pasted without any mark is cut out, what stands around it stays', () => {
  const mail = parsed('pasted-own-letter');
  expect(mail.text).toBe('来信收到，照片见附件。\n\n联系人：小陈');
  expect(mail.quoted).toMatch(/^温县总工会：\n贵单位报送[\s\S]+（本邮件由材料接收系统发出）$/);
});

test('邮箱大师: html only, quotation in its container', () => {
  const mail = parsed('mailmaster-html-only-reply');
  expect(mail.text).toBe('证书是纸质的，随后寄出');
  expect(mail.quoted).toContain('贵单位报送的推荐人选李建国');
});

test('a mail sent on with next to nothing added: the quoted text is the content', () => {
  const mail = parsed('foxmail-forward-in-text');
  expect(mail.text).toBe('请查收。\n\n焦煤集团工会');
  expect(mail.forwarded).toContain('现推荐马长河同志，获奖证书只有纸质件。');
  expect(mail.forwarded).toBe(mail.quoted);
});

test('Outlook in English: four labels are enough', () => {
  expect(parsed('outlook-english-reply')).toMatchObject({
    text: 'Please find the list attached.',
    quoted: expect.stringMatching(/^From: Office[\s\S]+Please send the list\.$/),
  });
});

test('Gmail breaks its introduction after the address; words below the quotation are the sender’s', () => {
  expect(parsed('gmail-broken-introduction')).toMatchObject({
    text: '上面是我的话。\n\n下面也是我的话。',
    quoted: '市总生产保护部 <jzghscb@126.com>\n于2018年7月18日周三 下午4:10写道：\n请补交照片。\n更早的话',
  });
});

describe('marks of plain text', () => {
  test.each([
    ['------------------ 原始邮件 ------------------'],
    ['-----原始邮件-----'],
    ['---- 回复的原邮件 ----'],
    ['---- Replied Message ----'],
    ['-----Original Message-----'],
    ['------------------ Original ------------------'],
    ['市总生产保护部 2018-07-18 16:10 写道：'],
    ['‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐'],
    ['在 2018年7月18日，下午4:10，市总 <jzghscb@126.com> 写道：'],
    ['At 2018-07-18 16:10:38, "市总" <jzghscb@126.com> wrote:'],
    ['On Wed, Jul 18, 2018 at 4:10 PM, Office <jzghscb@126.com> wrote:'],
    ['2018-07-18 16:10 GMT+08:00 市总 <jzghscb@126.com> 写道:'],
    ['市总 <jzghscb@126.com> 于2018年7月18日周三 下午4:10写道：'],
  ])('below “%s” everything is quoted', (mark) => {
    expect(text(['我的话', '', mark, '', '他的话'])).toMatchObject({ text: '我的话', quoted: `${mark}\n\n他的话` });
  });

  test.each([
    ['一个标签', ['发件人：温县总工会', '材料见附件']],
    ['单独一个“原始邮件”', ['原始邮件', '找不到了，重新发一次']],
    ['一条横线', ['------------------', '温县总工会']],
    ['说到写道', ['他在申报表中写道：本人从事焊接工作三十年']],
    ['引用日记', ['在2018年7月的总结中他写道：', '焊花就是我的勋章']],
    ['一个大于号在句中', ['合格率 > 99%']],
  ])('%s is ordinary text', (_, lines) => {
    expect(text(lines)).toMatchObject({ text: lines.join('\n'), quoted: '' });
  });

  test('QQ’s new bar is a bare word above the labels', () => {
    const lines = ['没有看到', '', '原始邮件', '发件人：市总', '发件时间：x', '收件人：温县', '主题：材料', '他的话'];
    expect(text(lines)).toMatchObject({ text: '没有看到', quoted: lines.slice(2).join('\n') });
  });
});

describe('marks of pages', () => {
  test.each([
    ['网易', '<blockquote id="isReplyContent">他的话</blockquote>'],
    ['新浪', '<div id="origbody">他的话</div>'],
    ['139', '<hr id="replySplit"><div id="reply139content"><div>他的话</div></div>'],
    ['Gmail', '<div class="gmail_quote">他的话</div>'],
    ['Apple', '<blockquote type="cite">他的话</blockquote>'],
    ['Foxmail', '<blockquote style="margin-Top: 0px; margin-Left: 0.5em">他的话</blockquote>'],
    ['Outlook', '<hr><div id="divRplyFwdMsg"></div><div>他的话</div>'],
    ['雅虎', '<div id="yahoo_quoted_21" class="yahoo_quoted">他的话</div>'],
  ])('%s', (_, quotation) => {
    expect(page(`<div>我的话</div>${quotation}`)).toMatchObject({ text: '我的话', quoted: '他的话' });
  });

  test('a blockquote that only indents is the sender’s own', () => {
    const indented = '<blockquote style="margin: 0 0 0 40px; border: none; padding: 0px;">缩进的话</blockquote>';
    expect(page(`<div>我的话</div>${indented}`)).toMatchObject({ text: '我的话\n缩进的话', quoted: '' });
  });

  test('where only the page marks the quotation, the page is read', () => {
    const mail =
      'Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n我的话 他的话\n--b\nContent-Type: text/html; charset=utf-8\n\n<div>我的话</div><div class="gmail_quote">他的话</div>\n--b--\n';
    expect(typed(mail)).toMatchObject({ text: '我的话', quoted: '他的话' });
  });
});

describe('sent on or answered', () => {
  const forwardedLines = [
    '---------- 转发邮件信息 ----------',
    '发件人：矿工会',
    '日期：2018-07-18',
    '主题：材料',
    '人选的话',
  ];
  const quoted = forwardedLines.join('\n');

  test.each([
    ['a forward bar', text(forwardedLines), quoted],
    [
      'a subject 转发',
      text(['-----原始邮件-----', '人选的话'], 'Subject: 转发：材料\n'),
      '-----原始邮件-----\n人选的话',
    ],
    [
      'nothing but a quotation, answering nobody',
      text(['-----原始邮件-----', '人选的话']),
      '-----原始邮件-----\n人选的话',
    ],
    ['an answer with nothing added', text(['-----原始邮件-----', '他的话'], 'Subject: 回复：材料\n'), ''],
    ['a forward with a mail of one’s own above it', text(['我'.repeat(61), ...forwardedLines]), ''],
    ['our letter sent back', text(['-----原始邮件-----', '（本邮件由材料接收系统发出）'], 'Subject: 转发：回执\n'), ''],
  ])('%s', (_, mail, forwarded) => {
    expect(mail.forwarded).toBe(forwarded);
  });
});
