import { expect, test } from '@jest/globals';
import { parseMail } from '../../src/message/parse.ts';
import { words } from './mails.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const top = 'From: a@example.com\nSubject: x\n';
const nested = (depth: number) =>
  Array.from(
    { length: depth },
    (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`,
  ).join('');
const many = (count: number, part: string) =>
  `${top}Content-Type: multipart/mixed; boundary=b\n\n${`--b\n${part}\n`.repeat(count)}--b--\n`;
const html = (page: string) => `${top}Content-Type: text/html\n\n${page}`;
const file = 'Content-Type: image/png; name="同名.png"\nContent-Transfer-Encoding: base64\n\nAAAA';

/** What it is, the mail, and what of it must still be there. */
const hostile: [string, Buffer, { attachments?: number; trouble?: string; text?: RegExp }][] = [
  [
    '2,000 multiparts inside each other',
    bytes(`${top}${nested(2_000)}\n最里面\n`),
    { trouble: '超过 100 层', attachments: 1 },
  ],
  ['100,000 parts', bytes(many(100_000, file)), { trouble: '超过 2000 个', attachments: 2_000 }],
  ['500 attachments', bytes(many(500, file)), { attachments: 500 }],
  [
    '5 MB of one header',
    bytes(`${top}X: ${'a'.repeat(5_000_000)}\n\n正文`),
    { trouble: '邮件头超过 1 MB', text: /^正文$/ },
  ],
  [
    '300,000 headers',
    bytes(`${top}${'x: =?gbk?B?zsLP2A==?=\n'.repeat(300_000)}\n正文`),
    { trouble: '邮件头超过 1 MB', text: /^正文$/ },
  ],
  ['20 MB of paragraphs', bytes(html('<p>段落</p>'.repeat(2_000_000))), { trouble: '正文过长', text: /^段落/ }],
  [
    'elements 100,000 deep',
    bytes(html(`一${'<div>'.repeat(100_000)}二${'</x></p>'.repeat(100_000)}`)),
    { trouble: '正文过长或层次过深', text: /^一/ },
  ],
  ['500,000 closings of nothing', bytes(html(`一${'</x>'.repeat(500_000)}`)), { text: /^一$/ }],
  ['400,000 cells in one row', bytes(html('<td>x'.repeat(400_000))), { text: /^x/ }],
  ['10 MB of empty plain lines', bytes(`${top}\n一${'\n'.repeat(10_000_000)}`), { trouble: '正文过长', text: /^一$/ }],
  ['2 MB of addresses', bytes(html('<a href="https://pan.baidu.com/s/1">x</a> '.repeat(50_000))), { text: /^x/ }],
  [
    'distinct cloud links',
    bytes(
      html(
        Array.from({ length: 20_000 }, (_, n) => `<div><a href="https://pan.baidu.com/s/${n}">x</a></div>`).join(''),
      ),
    ),
    {},
  ],
  ['a line of 2 MB of marks', bytes(`${top}\n${'>'.repeat(1_000_000)}${'在1写道：'.repeat(100_000)}`), {}],
  ['labels without end', bytes(`${top}\n${'发件人：a\n'.repeat(200_000)}`), {}],
  [
    '10 MB of boundary dashes',
    bytes(`${many(1, file)}`.replace('\n--b--', `${'\n--'.repeat(3_300_000)}\n--b--`)),
    { attachments: 1 },
  ],
  [
    'quotes that never close',
    bytes(many(200, `Content-Type: image/png${';a="b'.repeat(10_000)}\n\nx`)),
    { attachments: 200 },
  ],
  ['comments in comments in the date', bytes(`${top}Date: ${'('.repeat(500_000)}\n\nx`), { text: /^x$/ }],
  ['a million recipients', bytes(`${top}To: ${'a@b.cn,'.repeat(140_000)}\n\nx`), { text: /^x$/ }],
  [
    '10 MB of padding',
    bytes(`${top}Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n${'A='.repeat(5_000_000)}`),
    { attachments: 1 },
  ],
  [
    '10 MB of broken escapes',
    bytes(`${top}Content-Type: image/png\nContent-Transfer-Encoding: quoted-printable\n\n${'=Z'.repeat(5_000_000)}`),
    { attachments: 1 },
  ],
  ['encoded words without end', bytes(`${top}Y: ${'=?gbk?B?'.repeat(100_000)}\n\nx`), { text: /^x$/ }],
  ['NUL and control bytes', Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 31) % 33)), {}],
  ['nothing at all', Buffer.alloc(0), { attachments: 0, text: /^$/ }],
];

test.each(hostile)('%s: answered within 2 s, what was read is kept', (_, raw, { attachments, trouble, text }) => {
  const start = process.cpuUsage(); // a busy machine says nothing about us
  const mail = parseMail(raw, words);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1_000).toBeLessThan(2_000);
  expect(mail.troubles.join()).toContain(trouble ?? '');
  expect(mail.attachments.length).toBe(attachments ?? mail.attachments.length);
  expect(mail.text).toMatch(text ?? /^/);
  expect(new Set(mail.attachments.map(({ path }) => path)).size).toBe(mail.attachments.length);
});
