import { expect, test } from '@jest/globals';
import { Parser } from 'htmlparser2';
import { hostileFiles, rawXlsx, sheetHead } from '../../../fixtures/documents/hostile.ts';
import { docx, row, table, text, zip } from '../../../fixtures/documents/office.ts';
import type { Document } from '../../../src/documents/document.ts';
import { documentHtml } from '../../../src/previews/html/document.ts';
import { withPictureUrls } from '../../../src/previews/html/picture-urls.ts';
import type { Preview } from '../../../src/previews/preview.ts';
import { openDesk } from '../../previews/desk.ts';
import { hostileTexts } from '../../previews/hostile-texts.ts';
import { document, grid, paragraph, portrait } from '../../support/documents.ts';

const desk = openDesk();

/** All that a preview may be made of: elements, their attributes, and what those may say. */
const number = /^\d{1,7}$/;
const place = { 'data-place': /^[^\0]{1,200}$/su, id: /^marked-\d+$/, tabindex: /^0$/ };
const span = { rowspan: number, colspan: number };
const allowed: Record<string, Record<string, RegExp>> = {
  h3: { ...place, class: /^(hidden-sheet|marked|hidden-sheet marked)$/ },
  p: { ...place, class: /^(marked|left-out)$/ },
  span: { class: /^(left-out|no-picture)$/ },
  div: { class: /^scroll$/ },
  table: {},
  colgroup: {},
  col: { class: /^wide-(2|4|6|9|13|18)$/ },
  thead: {},
  tbody: { class: /^gap$/ },
  tr: { ...place, class: /^marked$/ },
  th: { class: /^ruler$/, scope: /^(row|col)$/ },
  td: { ...place, ...span, class: /^(marked|no-cell|left-out)$/ },
  img: {
    class: /^picture$/,
    'data-picture': number,
    alt: /^图片\d+$/,
    width: number,
    height: number,
    loading: /^lazy$/,
    src: /^\/picture\/\d+$/,
  },
};

/** What a browser would make of it: every element with its attributes checked, and the text it shows. */
function looked(html: string): { wrong: string[]; shown: string[] } {
  const wrong: string[] = [];
  const shown: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      const may = allowed[name];
      if (!may) wrong.push(`<${name}>`);
      for (const [key, value] of Object.entries(attributes))
        if (!may?.[key]?.test(value)) wrong.push(`${name} ${key}=${value}`);
      if (['td', 'th', 'p', 'h3'].includes(name)) shown.push('');
    },
    ontext(words) {
      shown.push(`${shown.pop() ?? ''}${words}`);
    },
    oncomment: (words) => wrong.push(`<!--${words}`),
    onprocessinginstruction: (name) => wrong.push(`<${name}`),
  });
  parser.end(html);
  if (/[\0\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(html) || /\p{Cs}/u.test(html))
    wrong.push('a sign without a shape');
  return { wrong, shown };
}

/** A text as the page shows it: whole signs with a shape. */
const plain = (words: string) =>
  [...words].filter((sign) => /[\t\n]/.test(sign) || !/[\p{Cc}\p{Cs}\p{Bidi_Control}]/u.test(sign)).join('');

const htmlOf = (page: Preview) => {
  if (!('html' in page)) throw new Error(page.kind === 'none' ? page.reason : page.kind);
  return withPictureUrls(page.html, (index) => `/picture/${index}`);
};

test('there are enough of them', () => {
  expect(hostileTexts.length).toBeGreaterThanOrEqual(300);
});

test.each(hostileTexts)(
  '%j as text, cell, sheet name, place and picture name shows as text and nothing else',
  (words) => {
    const cells = grid([[words, { text: words, picture: 0 }]], { name: words, sheet: true }).cells;
    const pictured: Document = document(
      [
        { ...paragraph(words), location: words },
        { kind: 'grid', name: words, hidden: true, cells },
        grid([[words]], { name: words }),
      ],
      { pictures: [{ ...portrait, name: words, location: words }], cut: true },
    );
    const { html } = documentHtml(pictured, [words, `${words}!A1`, '表1']);
    const { wrong, shown } = looked(withPictureUrls(html, (index) => `/picture/${index}`));
    expect(wrong).toEqual([]);
    expect(shown.filter((said) => said === plain(words)).length).toBeGreaterThanOrEqual(3);
  },
);

const xml = (words: string) => plain(words).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

test('in a Word file, all at once', async () => {
  const body = hostileTexts
    .map((words) => text(xml(words)).replace(/&amp;#/g, '&#') + table(row(xml(words), 'x')))
    .join('');
  const { wrong, shown } = looked(htmlOf(await desk.page(desk.file('推荐表.docx', await docx({ body })))));
  expect(wrong).toEqual([]);
  expect(shown.length).toBeGreaterThan(3 * hostileTexts.length);
});

test('in a workbook, all at once, and as the names of its sheets', async () => {
  const cellOf = (words: string, index: number) =>
    `<row r="${index + 1}"><c r="A${index + 1}" t="inlineStr"><is><t>${xml(words)}</t></is></c></row>`;
  const sheet = Buffer.from(`${sheetHead}<sheetData>${hostileTexts.map(cellOf).join('')}</sheetData></worksheet>`);
  const one = await desk.page(desk.file('一览表.xlsx', rawXlsx({ content: sheet })), { places: hostileTexts });
  expect(looked(htmlOf(one)).wrong).toEqual([]);
  expect(looked(htmlOf(one)).shown).toContain('<script>alert(1)</script>');
  for (const name of hostileTexts.filter((_, index) => index % 8 === 1)) {
    const named = await desk.page(desk.file('a.xls', spreadsheetXml(xml(name))));
    expect(looked(htmlOf(named)).wrong).toEqual([]);
  }
});

/** A workbook of one XML file, which takes any name for a sheet. */
const spreadsheetXml = (name: string) =>
  Buffer.from(
    `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="${name}"><Table><Row><Cell><Data ss:Type="String">${name}</Data></Cell></Row></Table></Worksheet></Workbook>`,
  );

const withoutNul = hostileTexts.filter((words) => !words.includes('\0')); // a text that holds one is no text

test.each([
  [
    'a page saved as .xls',
    'a.xls',
    `<html><body>${withoutNul.join('')}<table><tr><td>${withoutNul.join('</td><td>')}</td></tr></table></body></html>`,
  ],
  ['a text', 'a.txt', withoutNul.join('\n')],
  ['a table with commas', 'a.csv', withoutNul.map((words) => `"${words.replaceAll('"', '""')}",x`).join('\n')],
  [
    'Rich Text',
    'a.doc',
    `{\\rtf1\\ansi ${hostileTexts.map((words) => words.replace(/[\\{}]/g, '\\$&')).join('\\par ')}}`,
  ],
])('in %s', async (_, name, content) => {
  const page = await desk.page(desk.file(name, Buffer.from(content)), { places: ['第1段', '第1行'] });
  expect(looked(htmlOf(page)).wrong).toEqual([]);
  expect(htmlOf(page).length).toBeGreaterThan(4_000);
});

test('each as a page of its own', async () => {
  for (const words of withoutNul.filter((_, index) => index % 6 === 0)) {
    const page = await desk.page(
      desk.file('a.html', Buffer.from(`<html><body>甲${plain(words)}乙<table><tr><td>${plain(words)}丙`)),
    );
    expect(looked(htmlOf(page)).wrong).toEqual([]);
  }
});

test('as the names of files, in and out of containers', async () => {
  const names = hostileTexts
    .filter((_, index) => index % 8 === 1)
    .map((words) => plain(words).replace(/[/\\\n\t]/g, '_'));
  const page = await docx({ body: text('推荐表') });
  for (const name of names) {
    const seen = await desk.page(desk.file(`${name}.docx`, page));
    expect(seen).toMatchObject({ kind: 'html', html: '<p data-place="第1段">推荐表</p>' });
  }
  const archive = await zip(Object.fromEntries(names.map((name) => [`${name}.docx`, page])));
  expect(await desk.page(desk.file('a.zip', archive))).toMatchObject({
    kind: 'none',
    reason: 'zip 压缩包：里面的文件已分别列出。',
  });
});

test.each(Object.keys(hostileFiles))('%s: an answer in time, and this process stays small', async (trouble) => {
  const made = await hostileFiles[trouble]?.();
  if (!made) throw new Error(`nothing makes ${trouble}`);
  const file = desk.file(made.name, made.bytes);
  const resident = process.memoryUsage.rss();
  const start = performance.now();
  const page = await desk.page(file, { places: ['表1第1行第1列', '附件2!A1'] });
  if ('html' in page) expect(looked(htmlOf(page)).wrong).toEqual([]);
  if (page.kind === 'none') expect(page.reason).toMatch(/[\u4e00-\u9fff].*。$/);
  const shown = await desk.picture(file, { size: 'screen', index: 0 });
  expect(['jpeg', 'none']).toContain(shown.kind);
  await desk.picture(file, { size: 'thumbnail', page: 1 });
  expect(performance.now() - start).toBeLessThan(25_000);
  expect(process.memoryUsage.rss() - resident).toBeLessThan(60e6);
});
