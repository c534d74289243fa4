import { expect, test } from '@jest/globals';
import { parsed, typed } from './mails.ts';

const url163 = (key: string) =>
  `https://mail.163.com/large-attachment-download/index.html?p=X-NETEASE-HUGE-ATTACHMENT&file=${key}&title=x`;
const page = (html: string) => typed(`Content-Type: text/html; charset=utf-8\n\n${html}`).links;

test('163: each file once, though linked three times; ordinary addresses and the client’s advert are no files', () => {
  expect(parsed('163-huge-attachment').links).toEqual([
    {
      provider: '网易邮箱',
      name: '修武县全部材料.rar',
      bytes: 84_892_713,
      expiresAt: '2018-08-04T10:00:00+08:00',
      url: url163('KEY1'),
    },
    {
      provider: '网易邮箱',
      name: '照片.zip',
      bytes: 524_288,
      expiresAt: '2018-08-04T10:01:00+08:00',
      url: url163('KEY2'),
    },
  ]);
});

test('126, the old form', () => {
  expect(parsed('126-huge-attachment-old').links).toEqual([
    {
      provider: '网易邮箱',
      name: '武陟材料.zip',
      bytes: 63_512_248,
      expiresAt: '2018-08-04T19:39:00+08:00',
      url: 'http://fs.163.com/fs/display/?p=X-NETEASE-HUGE-ATTACHMENT&file=OLD1&title=%E6%9D%90%E6%96%99',
    },
  ]);
});

test('QQ sets its block below the quotation: it is the sender’s, the quoted mail’s own file is not', () => {
  const mail = parsed('qq-huge-attachment');
  expect(mail.links).toEqual([
    {
      provider: 'QQ邮箱',
      name: '沁阳材料.zip',
      bytes: 134_249_185,
      expiresAt: '2018-08-19T21:59:00+08:00',
      url: 'http://mail.qq.com/cgi-bin/ftnExs_download?t=exs_ftn_download&k=0a1b2c&code=7684decd',
    },
  ]);
  expect(mail.text).toContain('附件太大，发超大附件。');
  expect(mail.text).not.toContain('请用附件发送');
});

test('the other providers, in the forms they write', () => {
  const seen = parsed('every-cloud-provider').links.map(({ provider, name, bytes, expiresAt }) => [
    provider,
    name,
    bytes,
    expiresAt,
  ]);
  expect(seen).toEqual([
    ['网易邮箱大师', '推荐表.zip', 63_438_848, '2018-08-02'],
    ['网易企业邮箱', '证书.zip', null, null],
    ['QQ邮箱', '量化表.xls', 1_572_864, null],
    ['腾讯企业邮箱', '荣誉证书.rar', 3_221_225_472, '2018-08-20'],
    ['QQ邮箱', '专利.zip', 20_971_520, '2018-08-09T08:30:00+08:00'],
    ['百度网盘', '创新成果.zip', null, null],
    ['新浪邮箱', '事迹.doc', null, null],
    ['189邮箱', '天翼云文件.zip', null, null],
    ['某某邮箱', '奖状.zip', 9_437_184, '2018-09-01'],
  ]);
});

test.each([
  [
    '百度网盘',
    '<div>创新成果.zip</div><div>链接：https://pan.baidu.com/s/1Ab 提取码：ab12</div><div>（链接7天内有效）</div>',
    null,
  ],
  ['189邮箱', '<a href="https://cloud.189.cn/t/AbCd12">证书.zip</a> (20.5MB，有效期：7天)', 21_495_808],
  ['139邮箱', '<a href="https://appmail.mail.10086.cn/m2015/largeattach?k=1">表.rar</a> (1M，7天后过期)', 1_048_576],
  [
    '腾讯企业邮箱',
    '<a href="https://exmail.qq.com/cgi-bin/ftnExs_download?k=1">表.rar</a> (1M，有效期 7 天)',
    1_048_576,
  ],
])('%s: so many days from when it was sent, in China’s time', (provider, html, bytes) => {
  const head = 'Date: Wed, 18 Jul 2018 23:30:00 +0000\nContent-Type: text/html; charset=utf-8';
  expect(typed(`${head}\n\n${html}`).links).toMatchObject([{ provider, bytes, expiresAt: '2018-07-26' }]);
  expect(page(html)).toMatchObject([{ provider, bytes, expiresAt: null }]);
});

test('a file named under a heading whose link was lost is still a file behind a link', () => {
  expect(page('<div>从某某邮箱发来的超大附件</div><div>奖状.zip (9M, 2018年9月1日到期)</div>')).toEqual([
    { provider: '某某邮箱', name: '奖状.zip', bytes: 9_437_184, expiresAt: '2018-09-01', url: '' },
  ]);
});

test('QQ’s block with size and expiry on a line between name and button is one file, with its name', () => {
  const url = 'https://wx.mail.qq.com/ftn/download?func=3&amp;k=4c7f3b';
  const block = `<div>从QQ邮箱发来的超大附件</div><div><a href="${url}">材料.zip</a><div>(9M, 2018年08月11日 10:20 到期)</div><a href="${url}">下载</a></div>`;
  expect(page(block)).toMatchObject([{ name: '材料.zip', bytes: 9_437_184, expiresAt: '2018-08-11T10:20:00+08:00' }]);
});

test.each(['密码：8k2d', '提取码: 9m3g', '提取码 2g4k'])('%s is no size', (said) => {
  expect(page(`<div>https://pan.baidu.com/s/1Ab ${said}</div><div>材料.zip</div>`)).toMatchObject([
    { name: '材料.zip', bytes: null },
  ]);
});

test('links of a mail sent on count, links of a quoted mail do not', () => {
  const quoted = '<div>-----原始邮件-----</div><div><a href="https://pan.baidu.com/s/1Ab">材料.zip</a></div>';
  const mail = (subject: string) =>
    typed(`Subject: ${subject}\nContent-Type: text/html; charset=utf-8\n\n<div>请看</div>${quoted}`).links;
  expect(mail('转发：材料')).toHaveLength(1);
  expect(mail('回复：材料')).toHaveLength(0);
});

test.each([
  ['31 June', '2018年6月31日 到期', null],
  ['30 June', '2018年6月30日 到期', '2018-06-30'],
  ['25 o’clock', '2018年6月30日 25:00 到期', '2018-06-30'],
  ['never', '无限期', null],
  ['a date that is no ending', '2018年6月30日', null],
])('expiry: %s', (_, note, expiresAt) => {
  expect(page(`<a href="https://pan.baidu.com/s/1Ab">材料.zip</a> (1K) ${note}`)[0]?.expiresAt).toBe(expiresAt);
});

test('the expiry in QQ’s markup serves where the text says none', () => {
  const html =
    '<span class="qqmailbgattach" expiretime="1534687140" downloadlink="https://mail.qq.com/cgi-bin/ftnExs_download?k=1"><span>材料.zip</span></span>';
  expect(page(html)).toMatchObject([{ expiresAt: '2018-08-19T21:59:00+08:00' }]);
});

test.each([['javascript:alert(1)'], ['mailto:a@b.cn'], ['http://www.example.com/材料.zip'], ['https://u.163.com/x']])(
  '%s is no linked file',
  (href) => {
    expect(page(`<a href="${href}">材料.zip</a>`)).toEqual([]);
  },
);
