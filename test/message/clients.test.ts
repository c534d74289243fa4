import { expect, test } from '@jest/globals';
import { mails } from '../../fixtures/mails/all.ts';
import { parsed, raw } from './mails.ts';

const utf8 = (text: string) => Buffer.from(text, 'utf8');
const files = (name: string) => parsed(name).attachments.map(({ path, bytes }) => [path, bytes.toString('utf8')]);

test('the committed mails are the ones their script makes', () => {
  for (const [name, bytes] of Object.entries(mails)) expect(raw(name).equals(bytes)).toBe(true);
});

test('Foxmail: GB2312 words inside file names, text from the plain alternative', () => {
  expect(parsed('foxmail-gbk-names')).toMatchObject({
    messageId: '<2018071815414012345678@example.com>',
    subject: '温县总工会报送焦作工匠材料',
    from: { name: '温县总工会', address: 'wxzgh@example.com' },
    to: [{ name: '', address: 'jzghscb@126.com' }],
    sentAt: new Date('2018-07-18T07:41:40Z'),
    text: '您好，现报送我县推荐人选李建国的材料，请查收。\n\n温县总工会\n电话 0391-0000000',
    quoted: '',
    links: [],
    troubles: [],
  });
  expect(files('foxmail-gbk-names')).toEqual([
    ['附件1：焦作工匠推荐表（李建国）.doc', '推荐表的内容'],
    ['照片.jpg', '照片的内容'],
  ]);
});

test('QQ in the browser: rare signs, literal &nbsp; in its plain text, a picture shown inside the page', () => {
  expect(parsed('qq-web-gb18030')).toMatchObject({
    messageId: '<tencent_00112233445566778899AABBCCDDEEFF0011@qq.com>',
    subject: '李䶮的推荐材料',
    from: { name: '李䶮', address: '10000001@qq.com' },
    to: [{ name: '市总生产保护部', address: 'jzghscb@126.com' }],
    text: '材料见附件。\n纸质材料另送。',
    attachments: [
      { path: '11AA22BB@qq.com.jpg', contentId: '11AA22BB@qq.com', inline: true, bytes: utf8('照片的内容') },
      { path: '推荐表（李䶮）.docx', contentId: null, inline: false, bytes: utf8('推荐表的内容') },
    ],
  });
});

test('QQ on the phone: an empty Message-ID is none, and no space stands before the address', () => {
  expect(parsed('qq-mobile-no-message-id')).toMatchObject({
    messageId: null,
    from: { name: '王秀兰', address: 'wangxl_ghz@163.com' },
    subject: '照片',
    text: '补一张照片\n\n发自我的手机',
    attachments: [{ path: '2寸照片.jpg' }],
  });
});

test('163 in the browser: an answer with what it answers kept apart', () => {
  expect(parsed('163-web-gbk')).toMatchObject({
    subject: 'Re:Re: 关于推荐材料的几个问题',
    from: { name: '修武县总工会', address: 'xwzgh_bgs@163.com' },
    inReplyTo: ['<1531900000.100.1@example.com>'],
    references: ['<1531800000.100.0@example.com>', '<1531900000.100.1@example.com>'],
    text: '好的，我们明天寄出纸质材料。',
    quoted: '在 2018-07-18 15:30:00，"市总生产保护部" <jzghscb@126.com> 写道：\n纸质材料一式三份。\n请尽快寄出。',
    forwarded: '',
  });
});

test('raw GBK bytes in subject, sender and file name, one with a backslash for its second byte', () => {
  expect(parsed('raw-gbk-headers')).toMatchObject({
    subject: '武陟县推荐人选张昞材料',
    from: { name: '武陟县总工会', address: 'wzzgh@example.com' },
    text: '材料见附件',
  });
  expect(files('raw-gbk-headers')).toEqual([
    ['推荐表（张昞）.doc', '推荐表的内容'],
    ['业绩量化表.xls', '量化表的内容'],
  ]);
});

test.each([
  ['gb2312-label-four-byte-name', '推荐人选㛃䶮', '推荐人选：㛃䶮，材料随后寄出。'],
  ['utf8-labelled-gb2312', '沁阳市推荐材料', '沁阳市总工会报送推荐材料，请查收。'],
  ['no-charset-gbk-body', 'cailiao', '孟州市总工会报送推荐材料，请查收。'],
  ['big5-body', '推薦表', '請查收推薦表'],
])('%s', (name, subject, text) => {
  expect(parsed(name)).toMatchObject({ subject, text, from: { name: '博爱县总工会', address: 'bazgh@example.com' } });
});

test('RFC 2231 names in GBK, segments out of order and cut inside a sign', () => {
  expect(files('rfc2231-gbk-split')).toEqual([
    ['焦作工匠推荐表（赵铁柱）.docx', '推荐表的内容'],
    ['证书（一）.jpg', '证书的内容'],
  ]);
});

test('encoded words cut inside a sign', () => {
  expect(parsed('encoded-word-split-in-character')).toMatchObject({
    from: { name: '城乡一体化示范区总工会', address: 'sfq@example.com' },
    subject: '示范区总工会报送推荐人选材料',
  });
});
