import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { pdfOf } from '../../fixtures/documents/hostile.ts';
import { readHere } from '../../src/documents/read-here.ts';
import { documentOf, gridOf, gridsIn, paragraphsIn, refusal, seen } from './seen.ts';

const html = (inside: string) => documentOf('一览表.xls', Buffer.from(`<html>${inside}</html>`));
const lines = async (document: Promise<Awaited<ReturnType<typeof html>>>) =>
  paragraphsIn(await document).map((one) => `${one.location} ${one.text}`);

test('a text is read line by line, whatever its charset', async () => {
  const text = '推荐人选：李工匠\r\n\r\n  单位：焦作市某某公司\n';
  const expected = ['第1行 推荐人选：李工匠', '第3行 单位：焦作市某某公司'];
  for (const bytes of [Buffer.from(text), iconv.encode(text, 'gbk'), Buffer.from(`\ufeff${text}`, 'utf16le')])
    expect(await lines(documentOf('说明.txt', bytes))).toEqual(expected);
});

test.each([
  ['一览表.csv', '专利成果一览表\r\n序号,专利名称,专利号\r\n1,"支架,一种",ZL2\r\n'],
  ['一览表.xls', '专利成果一览表\n序号\t专利名称\t专利号\n1\t支架,一种\tZL2'],
])('%s of nothing but text is a grid', async (name, text) => {
  const document = await documentOf(name, iconv.encode(text, 'gbk'));
  expect(seen(gridOf(document, ''))).toEqual([
    '1.1 专利成果一览表',
    '2.1 序号',
    '2.2 专利名称',
    '2.3 专利号',
    '3.1 1',
    '3.2 支架,一种',
    '3.3 ZL2',
  ]);
  expect(gridOf(document, '').cells.at(-1)?.location).toBe('第3行第3列');
});

test('quotes that never close end no reading of a csv', async () => {
  expect(await documentOf('a.csv', Buffer.from('甲,"乙\n丙,丁'))).toMatchObject({ blocks: [{ kind: 'grid' }] });
});

test('a long text is cut and says so', async () => {
  const text = (count: number) => documentOf('a.txt', Buffer.from('工匠\n'.repeat(count)));
  expect([(await text(19_999)).cut, (await text(20_001)).cut]).toEqual([false, true]);
});

test('a page that a system calls .xls is a grid', async () => {
  const page = `<head><title>x</title><style>td{}</style></head><body><p>一览表</p><table><tr><td rowspan=2>序号<td colspan="2">成果</tr>
    <tr><td>名称</td><td>时间</td></tr></table></body>`;
  const document = await documentOf('一览表.xls', iconv.encode(`<html><meta charset="gb2312">${page}</html>`, 'gbk'));
  expect(seen(gridOf(document, '表1'))).toEqual(['1.1+2×1 序号', '1.2+1×2 成果', '2.2 名称', '2.3 时间']);
  expect(gridOf(document, '表1').cells.map((cell) => cell.location)).toEqual([
    '表1第1行第1列',
    '表1第1行第2列',
    '表1第2行第2列',
    '表1第2行第3列',
  ]);
  expect(await lines(Promise.resolve(document))).toEqual(['第1段 一览表']);
});

test.each([
  ['lines in a cell', '<td>一等奖<br>（省级）</td>', '一等奖\n（省级）'],
  ['spaces of the source', '<td>\n  焦作\n  工匠 </td>', '焦作 工匠'],
  ['signs by name', '<td>A&amp;B&nbsp;&#24037;</td>', 'A&B 工'],
  [
    'a number that Excel shortened, with the number beside it',
    '<td x:num="410890199001011237">4.1E+17</td>',
    '410890199001011237',
  ],
  ['a script', '<td>a<script>document.write("b")</script></td>', 'a'],
  ['a table in a cell', '<td>奖项<table><tr><td>一</td><td>二</td></tr></table></td>', '奖项\n一\t二'],
])('HTML: %s', async (_, cell, text) => {
  expect(gridsIn(await html(`<table><tr>${cell}</tr></table>`))[0]?.cells[0]?.text).toBe(text);
});

test('a long page is cut and says so', async () => {
  const page = (rows: number) => html(`<table>${'<tr><td>一</td></tr>'.repeat(rows)}</table>`);
  expect([(await page(20_000)).cut, (await page(20_002)).cut]).toEqual([false, true]);
});

test('XML that is no table is left to people', async () => {
  expect(refusal(await readHere({ name: 'a.xml', bytes: Buffer.from('<?xml version="1.0"?><发票/>') }))).toBe(
    'xml unsupported',
  );
});

test('the text of a PDF is read line by line, with its page', async () => {
  const bytes = readFileSync(new URL('../../fixtures/documents/form.pdf', import.meta.url));
  const document = await documentOf('推荐表.pdf', bytes);
  expect(document).toMatchObject({ pages: 1, scan: false, page: { widthMm: 420, heightMm: 297 } });
  expect(await lines(Promise.resolve(document))).toEqual(
    expect.arrayContaining(['第1页第1行 焦 作 工 匠 推 荐 表', '第1页第2行 姓　名 李工匠']),
  );
});

test('a PDF of scans is known as one', async () => {
  const page = (number: number) => `${number} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n`;
  const scan = pdfOf([
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n',
    '2 0 obj<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>endobj\n',
    page(3),
    page(4),
  ]);
  expect(await documentOf('证书.pdf', scan)).toEqual({
    blocks: [],
    pictures: [],
    page: { widthMm: 210, heightMm: 297 },
    pages: 2,
    scan: true,
    cut: false,
  });
});

test.each([
  ['材料.tar.gz', '\x1f\x8b\x08', 'gzip corrupt'],
  ['材料.rar', 'Rar!\x1a\x07\x01\0', 'rar corrupt'],
  ['材料.7z', "7z\xbc\xaf'\x1c", '7z corrupt'],
  ['winmail.dat', '\x78\x9f\x3e\x22', 'tnef corrupt'],
  ['转发.eml', 'From: a@126.com\r\nSubject: x\r\n\r\n', 'eml message'],
])('%s goes to another part of the house', async (name, bytes, expected) => {
  expect(refusal(await readHere({ name, bytes: Buffer.from(bytes, 'latin1') }))).toBe(expected);
});
