import { readFileSync } from 'node:fs';
import { utils } from '@e965/xlsx';
import { expect, test } from '@jest/globals';
import { docx, p, pageA3, photo, row, table, text, textBox } from '../../fixtures/documents/office.ts';
import { oldBook, xlsx } from '../../fixtures/documents/sheets.ts';
import { holdersIn } from '../../src/documents/office/media.ts';
import { readHere } from '../../src/documents/read-here.ts';
import { openDesk } from './desk.ts';

/** In every format, whatever was read can be seen, and seen marked: a finding may point at any of it. */
const desk = openDesk();
const folder = 'fixtures/documents';
const list = [
  ['序号', '成果名称'],
  [1, '免变形焊接法'],
  [2, ''],
];

const files: [name: string, make: () => Promise<Buffer> | Buffer][] = [
  ['form.doc', () => readFileSync(`${folder}/form.doc`)],
  ['form.wps', () => readFileSync(`${folder}/form.doc`)],
  ['form.rtf', () => readFileSync(`${folder}/form.rtf`)],
  ['form.pdf', () => readFileSync(`${folder}/form.pdf`)],
  [
    '推荐表.docx',
    () =>
      docx({
        body:
          text('推荐表') +
          table(row('姓名', '李工匠'), row(table(row('表中表')))) +
          p(textBox(text('框'))) +
          p(photo('none')) +
          pageA3,
        header: text('页眉'),
        footnotes: text('脚注'),
      }),
  ],
  [
    '一览表.xlsx',
    () => xlsx({ 创新成果: (sheet) => void sheet.addRows(list), "O'Brien & 子": (sheet) => void sheet.addRows(list) }),
  ],
  ['一览表.xls', () => oldBook({ 创新成果: utils.aoa_to_sheet(list) })],
  ['一览表.et', () => oldBook({ 创新成果: utils.aoa_to_sheet(list) }, 'biff5')],
  ['网页.xls', () => Buffer.from('<html><table><tr><td rowspan=2>姓名<td>李工匠</tr><tr><td>焊工</table>说明')],
  ['名单.csv', () => Buffer.from('姓名,工种\n李工匠,焊工')],
  ['说明.txt', () => Buffer.from('推荐单位：某某工会\n\n姓名：李工匠')],
];

test.each(files)('%s', async (name, make) => {
  const bytes = await make();
  const reading = await readHere({ name, bytes });
  if (reading.kind !== 'document') throw new Error(reading.kind);
  const said = holdersIn(reading.document.blocks).filter(({ location }) => location !== '');
  const page = await desk.page(desk.file(name, bytes), { places: said.map(({ location }) => location) });
  if (!('marks' in page)) throw new Error(page.kind);
  expect(said.length).toBeGreaterThan(1);
  expect(page.marks.filter(({ id }) => id === null)).toEqual([]);
  const shown = page.html.replace(/<[^>]+>/g, '');
  for (const { text: words } of said) expect(shown).toContain(words.replace(/&/g, '&amp;').replace(/'/g, '&#39;'));
});
