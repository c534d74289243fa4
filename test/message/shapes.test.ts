import { expect, test } from '@jest/globals';
import { parsed, typed } from './mails.ts';

const files = (name: string) => parsed(name).attachments.map(({ path, bytes }) => [path, bytes.toString('utf8')]);
const form = ['form.doc', '推荐表的内容'];

test.each([
  ['bare-line-feeds', [form]],
  ['no-closing-boundary', [form]],
  ['empty-boundary', [form]],
  ['text-file-attachment', [['shuoming.txt', Buffer.from('cbb5c3f7cec4d7d6', 'hex').toString('utf8')]]],
  ['name-only', [['寸照.jpg', '照片的内容']]],
  [
    'base64-with-junk',
    [
      ['padded.bin', '第一块.第二块'],
      ['junk.bin', '推荐表的内容'],
    ],
  ],
  ['winmail-dat', [['winmail.dat', Buffer.from('789f3e22010001', 'hex').toString('utf8')]]],
])('%s: text and files are found', (name, expected) => {
  expect(parsed(name)).toMatchObject({ text: '材料见附件', subject: '中站区材料', troubles: [] });
  expect(files(name)).toEqual(expected);
});

test('a mail that is itself an attachment has a file and no text', () => {
  expect(parsed('single-part-attachment').text).toBe('');
  expect(files('single-part-attachment')).toEqual([form]);
});

test('what is labelled base64 or "UTF-8" and is neither comes as it stands', () => {
  expect(parsed('wrong-transfer-encoding').text).toBe('这段话并没有编码 it is plain text');
  expect(files('wrong-transfer-encoding')).toEqual([['a.txt', '原样的内容']]);
});

test('an encoder that pads every line loses nothing, however long the file', () => {
  const content = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7919) & 255));
  const lines = Array.from({ length: 4_000 }, (_, n) => content.subarray(n * 50, n * 50 + 50).toString('base64'));
  const mail = typed(`Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n${lines.join('\n')}\n`);
  expect(mail.attachments[0]?.bytes.equals(content)).toBe(true);
});

test('an attached mail is a file named after its subject, or by its own name', () => {
  const { attachments } = parsed('forwarded-eml');
  expect(attachments.map(({ path, contentType }) => [path, contentType])).toEqual([
    ['某厂推荐人选孙志强.eml', 'message/rfc822'],
    ['原邮件.eml', 'message/rfc822'],
  ]);
  expect(attachments[0]?.bytes.equals(attachments[1]?.bytes ?? Buffer.alloc(0))).toBe(true);
  expect(attachments[0]?.bytes.toString('latin1')).toMatch(/^From: =\?GBK\?[\s\S]+--inner--\r\n$/);
});

test('names that would leave their folder, hide their kind or clash are made harmless', () => {
  expect(parsed('traversal-names').attachments.map(({ path }) => path)).toEqual([
    '_.._etc_passwd',
    '_.._windows_推荐表.doc',
    '一览表.xls',
    '表（2018_7_18）.doc',
    '照片gpj.exe',
    'htaccess',
    '未命名文件1.doc',
    `${'长'.repeat(44)}…${'长'.repeat(30)}.docx`,
    'a b c.doc',
    '照片.jpg',
    '照片(2).JPG',
    '照片(2)(2).jpg',
    '未命名文件2.png',
  ]);
});

test.each([['unreadable-date'], ['no-date']])('%s: the sender’s date is unknown, never now', (name) => {
  expect(parsed(name).sentAt).toBeNull();
});

const page = (headers: string) => `Content-Type: text/html${headers}\n\n<p>正文</p>\n`;

test.each([
  ['alternative', page('; name="body.html"'), { text: '正文', attachments: [] }],
  ['mixed', page('; name="body.html"'), { text: '', attachments: [{ path: 'body.html' }] }],
  [
    'alternative',
    page('\nContent-Disposition: inline; filename=a.html'),
    { text: '', attachments: [{ path: 'a.html' }] },
  ],
])('a named text part is the text only as an alternative that declares no file (%s)', (kind, part, expected) => {
  expect(typed(`Content-Type: multipart/${kind}; boundary=b\n\n--b\n${part}--b--\n`)).toMatchObject(expected);
});

test('a multipart in which no boundary is met keeps its content as text', () => {
  expect(typed('Content-Type: multipart/mixed; boundary=b\n\n材料随后寄出\n').text).toBe('材料随后寄出');
});

test('plain text and its page side by side are one text; different texts are all kept', () => {
  const mixed = (...parts: string[]) =>
    typed(`Content-Type: multipart/mixed; boundary=b\n\n${parts.map((part) => `--b\n${part}\n`).join('')}--b--\n`).text;
  const page = 'Content-Type: text/html; charset=utf-8\n\n<div>材料</div><div>见附件</div>';
  expect(mixed('Content-Type: text/plain\n\n材料\n见附件', page)).toBe('材料\n见附件');
  expect(mixed('Content-Type: text/plain\n\n第一段', page)).toBe('第一段\n材料\n见附件');
});

test('the text is the page where the plain alternative is empty', () => {
  const mail =
    'Content-Type: multipart/alternative; boundary=b\n\n--b\n\n\n--b\nContent-Type: text/html; charset=utf-8\n\n<table><tr><td>姓名</td><td>李建国</td></tr></table><style>p{}</style><script>x</script>\n--b--\n';
  expect(typed(mail).text).toBe('姓名\t李建国');
});

test('a delimiter right below the headers, without an empty line, still begins a part', () => {
  expect(typed('Content-Type: multipart/mixed; boundary=b\n--b\n\n一\n--b\n\n二\n--b--').text).toBe('一\n二');
});

test('a mailbox file’s From line and folds without indent do no harm', () => {
  const mail =
    'From sender@example.com Wed Jul 18 15:42:01 2018\nSubject: hello\nbroken fold\nContent-Type: text/plain; charset=utf-8\n\n正文\n';
  expect(typed(mail)).toMatchObject({ subject: 'hello', text: '正文' });
});

test.each([['\ufeff'], ['\r\n\r\n'], ['\ufeff\n']])(
  'a mail saved with %j before its first header is read all the same',
  (before) => {
    const mail = typed(`${before}Subject: hello\nContent-Type: text/plain; charset=utf-8\n\n正文\n`);
    expect(mail).toMatchObject({ subject: 'hello', text: '正文' });
  },
);
