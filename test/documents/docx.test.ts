import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { noisyJpeg } from '../../fixtures/documents/hostile.ts';
import {
  cell,
  docx,
  docxFiles,
  oldPhoto,
  p,
  pageA3,
  pageA4,
  photo,
  row,
  run,
  table,
  text,
  textBox,
  zip,
} from '../../fixtures/documents/office.ts';
import { readHere } from '../../src/documents/read-here.ts';
import { cellOf, documentOf, gridOf, gridsIn, paragraphsIn, pictureIn, refusal, seen } from './seen.ts';

const read = async (parts: Parameters<typeof docx>[0]) => documentOf('推荐表.docx', await docx(parts));
const body = async (xml: string) => read({ body: xml });
const words = async (inline: string) => paragraphsIn(await body(p(inline))).map((one) => one.text);

const form = table(
  row(cell('姓　名'), cell(p(run('李'), run('工匠')), { span: 2 }), cell('照片', { merge: 'restart' })),
  row('性别', '男', '民族', cell('', { merge: 'continue' })),
  row(cell('工作单位', { merge: 'restart' }), cell('焦作市某某公司\n一车间', { span: 3 })),
  row(cell('', { merge: 'continue' }), cell('工会', { span: 3 })),
);

test('a form is a grid in which merged cells stand once, at their upper left', async () => {
  expect(seen(gridOf(await body(form), '表1'))).toEqual([
    '1.1 姓　名',
    '1.2+1×2 李工匠',
    '1.4+2×1 照片',
    '2.1 性别',
    '2.2 男',
    '2.3 民族',
    '3.1+2×1 工作单位',
    '3.2+1×3 焦作市某某公司\n一车间',
    '4.2+1×3 工会',
  ]);
});

test('a location counts the cells a person sees in the row, a tall one from above among them', async () => {
  const document = await body(form);
  expect(cellOf(document, '表1第4行第2列').text).toBe('工会');
  expect(cellOf(document, '表1第2行第3列').text).toBe('民族');
});

test('a merge that goes on below nothing is a cell of its own', async () => {
  const broken = table(
    row('a', cell('b', { merge: 'continue' })),
    row('c', 'd'),
    row('e', cell('f', { merge: 'continue' })),
  );
  expect(seen(gridOf(await body(broken), '表1'))).toEqual(['1.1 a', '1.2 b', '2.1 c', '2.2 d', '3.1 e', '3.2 f']);
});

test('blocks come in reading order, paragraphs counted without the empty ones', async () => {
  const document = await body(
    [text('焦作工匠推荐表'), p(), table(row('一')), text('填表说明'), table(row('二'))].join(''),
  );
  expect(
    document.blocks.map((block) => (block.kind === 'grid' ? block.name : `${block.location} ${block.text}`)),
  ).toEqual(['第1段 焦作工匠推荐表', '表1', '第2段 填表说明', '表2']);
});

test('a table in a cell is a grid after the outer one, and is read in the cell too', async () => {
  const document = await body(
    table(row('获奖情况', cell(`${table(row('时间', '奖项'), row('2017', '一等'))}${text('（附后）')}`))),
  );
  expect(gridsIn(document).map((grid) => [grid.name, seen(grid)])).toEqual([
    ['表1', ['1.1 获奖情况', '1.2 时间\t奖项\n2017\t一等\n（附后）']],
    ['表2', ['1.1 时间', '1.2 奖项', '2.1 2017', '2.2 一等']],
  ]);
});

test('a text box on the page is a paragraph and comes once, though Word writes it twice', async () => {
  const document = await body(p(run('封面'), textBox(text('推荐单位：焦作市某某工会'))));
  expect(paragraphsIn(document).map((one) => `${one.location} ${one.text}`)).toEqual([
    '第1段 封面',
    '文本框1 推荐单位：焦作市某某工会',
  ]);
});

test('a text box that hangs in a cell is read as part of the cell', async () => {
  const document = await body(table(row('主要事迹', cell(p(textBox(text('三十年如一日')))))));
  expect(seen(gridOf(document, '表1'))).toEqual(['1.1 主要事迹', '1.2 三十年如一日']);
});

test.each([
  ['split runs', run('姓') + run('　') + run('名'), '姓　名'],
  ['a tab and breaks', `<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t><w:cr/></w:r>`, '一\t二\n三'],
  ['tab stops in the properties', `<w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs></w:pPr>${run('一')}`, '一'],
  ['a hyperlink', `<w:hyperlink>${run('电话')}</w:hyperlink>`, '电话'],
  ['a content control', `<w:sdt><w:sdtPr/><w:sdtContent>${run('李工匠')}</w:sdtContent></w:sdt>`, '李工匠'],
  [
    'text deleted under tracked changes',
    `${run('工龄')}<w:del><w:r><w:delText>八年</w:delText></w:r></w:del><w:ins>${run('九年')}</w:ins>`,
    '工龄九年',
  ],
  ['text moved away', `<w:moveFrom>${run('旧')}</w:moveFrom><w:moveTo>${run('新')}</w:moveTo>`, '新'],
  ['hidden text', run('见') + run('不见', '<w:vanish/>') + run('又见', '<w:vanish w:val="0"/>'), '见又见'],
  ['the code of a field', `<w:r><w:instrText>PAGE</w:instrText></w:r>${run('第1页')}`, '第1页'],
  ['sounds over signs', `<w:ruby><w:rt>${run('jiàng')}</w:rt><w:rubyBase>${run('匠')}</w:rubyBase></w:ruby>`, '匠'],
  ['a formula', '<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>', 'x+1'],
  ['XML signs', run('A<B & "C"'), 'A<B & "C"'],
])('%s', async (_, inline, expected) => {
  expect(await words(inline.replace('<m:oMath>', '<m:oMath xmlns:m="m">'))).toEqual([expected]);
});

const control = (state: string, glyph: string) =>
  `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="${state}"/></w14:checkbox></w:sdtPr><w:sdtContent>${run(glyph)}</w:sdtContent></w:sdt>`;
const field = (inside: string) =>
  `<w:r><w:fldChar><w:ffData><w:checkBox>${inside}</w:checkBox></w:ffData></w:fldChar></w:r>`;
const symbol = (font: string, code: string) => `<w:r><w:sym w:font="${font}" w:char="${code}"/></w:r>`;

test.each([
  ['a content control that is ticked', control('1', '☒'), '☑'],
  ['a content control that is not', control('0', '☐'), '☐'],
  ['a form field that is ticked', field('<w:default w:val="0"/><w:checked/>'), '☑'],
  [
    'a form field ticked by its template and unticked by a person',
    field('<w:default w:val="1"/><w:checked w:val="0"/>'),
    '☐',
  ],
  ['a symbol as Word writes it', symbol('Wingdings 2', 'F052'), '☑'],
  ['a symbol as WPS writes it', symbol('Wingdings 2', '0052'), '☑'],
  ['an empty box as WPS writes it', symbol('Wingdings 2', '00A3'), '☐'],
  ['a symbol of Wingdings', symbol('Wingdings', 'F0FE'), '☑'],
  ['a letter typed in Wingdings', run('þ', '<w:rFonts w:ascii="Wingdings"/>'), '☑'],
  ['a symbol whose font got lost', run('\uf0a8'), '☐'],
  ['a symbol that is a plain sign', symbol('宋体', '25A1'), '□'],
])('tick box: %s', async (_, inline, expected) => {
  expect(await words(inline + run('是'))).toEqual([`${expected}是`]);
});

test('headers, footers and notes are told behind the body, with their place', async () => {
  const document = await read({
    body: text('正文'),
    header: table(row('焦作市总工会', '2018')),
    footer: text('第1页'),
    footnotes: `<w:footnote>${text('以证书为准')}</w:footnote>`,
  });
  expect(paragraphsIn(document).map((one) => `${one.location} ${one.text}`)).toEqual([
    '第1段 正文',
    '页眉 焦作市总工会\t2018',
    '页脚 第1页',
    '脚注 以证书为准',
  ]);
});

test.each([
  ['A3 across', pageA3, { widthMm: 420, heightMm: 297 }],
  ['A4', pageA4, { widthMm: 210, heightMm: 297 }],
  ['the first of two sections', p(`<w:pPr>${pageA3}</w:pPr>`) + pageA4, { widthMm: 420, heightMm: 297 }],
  [
    'millimetres of strict OOXML',
    '<w:sectPr><w:pgSz w:w="420mm" w:h="29.7cm"/></w:sectPr>',
    { widthMm: 420, heightMm: 297 },
  ],
  ['no section at all', '', null],
])('page: %s', async (_, xml, page) => {
  expect((await body(text('x') + xml)).page).toEqual(page);
});

test('a row deleted under tracked changes is not counted', async () => {
  const deleted = row('删').replace('<w:tr>', '<w:tr><w:trPr><w:del/></w:trPr>');
  expect(seen(gridOf(await body(table(row('甲'), deleted, row('乙'))), '表1'))).toEqual(['1.1 甲', '2.1 乙']);
});

const marked = (mark: string, ...inline: string[]) => p(`<w:pPr><w:rPr><w:${mark}/></w:rPr></w:pPr>`, ...inline);
const cellMarked = (mark: string, words: string) => cell(words).replace('<w:tcPr>', `<w:tcPr>${mark}`);

test.each([
  ['an end of paragraph deleted: the next goes on with it', marked('del', run('李建')) + text('国'), ['李建国']],
  ['one moved away', marked('moveFrom', run('李建')) + text('国'), ['李建国']],
  ['two deleted in a row', marked('del', run('李')) + marked('del', run('建')) + text('国'), ['李建国']],
  ['an end of paragraph typed', marked('ins', run('李建')) + text('国'), ['李建', '国']],
  [
    'a whole paragraph deleted',
    text('前') + marked('del', '<w:del><w:r><w:delText>删</w:delText></w:r></w:del>') + text('后'),
    ['前', '后'],
  ],
  ['the last end deleted, and nothing behind it', text('前') + marked('del', run('末')), ['前', '末']],
  ['an end deleted before a table', marked('del', run('前')) + table(row('甲')) + text('后'), ['前', '后']],
  [
    'text typed and taken away again',
    p('<w:ins><w:del><w:r><w:delText>一</w:delText></w:r></w:del></w:ins>', run('二')),
    ['二'],
  ],
  [
    'a paragraph moved',
    `<w:moveFromRangeStart/>${marked('moveFrom', `<w:moveFrom>${run('移')}</w:moveFrom>`)}<w:moveFromRangeEnd/>${text('前')}<w:moveToRangeStart/>${p(`<w:moveTo>${run('移')}</w:moveTo>`)}<w:moveToRangeEnd/>`,
    ['前', '移'],
  ],
])('tracked changes are read as accepted: %s', async (_, inside, expected) => {
  expect(paragraphsIn(await body(inside)).map((one) => one.text)).toEqual(expected);
});

test.each([
  ['a row typed', row('甲') + row('乙').replace('<w:tr>', '<w:tr><w:trPr><w:ins/></w:trPr>'), ['1.1 甲', '2.1 乙']],
  [
    'an end of paragraph in a cell deleted',
    row(cell(marked('del', run('李建')) + text('国')), '男'),
    ['1.1 李建国', '1.2 男'],
  ],
  [
    'all of a cell deleted but the cell',
    row(cell(marked('del', '<w:del><w:r><w:delText>一</w:delText></w:r></w:del>') + p()), '男'),
    ['1.1', '1.2 男'],
  ],
  ['a cell deleted', row('甲', cellMarked('<w:cellDel/>', '删'), '乙'), ['1.1 甲', '1.2 乙']],
  ['a cell typed', row('甲', cellMarked('<w:cellIns/>', '增')), ['1.1 甲', '1.2 增']],
  [
    'cells merged downwards',
    row(cellMarked('<w:cellMerge w:vMerge="rest"/>', '照片'), '甲') +
      row(cellMarked('<w:cellMerge w:vMerge="cont"/>', ''), '乙'),
    ['1.1+2×1 照片', '1.2 甲', '2.2 乙'],
  ],
  [
    'spans of an earlier table',
    row(cellMarked('<w:tcPrChange><w:tcPr><w:gridSpan w:val="3"/></w:tcPr></w:tcPrChange>', '甲'), '乙'),
    ['1.1 甲', '1.2 乙'],
  ],
])('tracked changes in a table: %s', async (_, rows, expected) => {
  expect(seen(gridOf(await body(table(rows)), '表1'))).toEqual(expected);
});

test('the page of a section that was another before', async () => {
  const change = '<w:sectPrChange><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:sectPrChange>';
  const section = `<w:sectPr><w:pgSz w:w="23811" w:h="16838" w:orient="landscape"/>${change}</w:sectPr>`;
  expect((await body(text('x') + section)).page).toEqual({ widthMm: 420, heightMm: 297 });
});

test('widths and borders changed under tracked changes, one list inside the other, cost nothing', async () => {
  const edge = '<w:top w:val="single"/>';
  const borders = (inner: string) => `<w:tcPr><w:tcBorders>${edge}</w:tcBorders>${inner}</w:tcPr>`;
  const grid = (inner: string) => `<w:tblGrid><w:gridCol w:w="1"/>${inner}</w:tblGrid>`;
  const changed = `<w:tc>${borders(`<w:tcPrChange w:id="1">${borders('')}</w:tcPrChange>`)}${text('姓名')}</w:tc>`;
  const document = await body(
    table(grid(`<w:tblGridChange w:id="2">${grid('')}</w:tblGridChange>`), row(changed, cell('李工匠'))),
  );
  expect(seen(gridOf(document, '表1'))).toEqual(['1.1 姓名', '1.2 李工匠']);
});

test('a row that begins further right keeps its grid column', async () => {
  const shifted = row('乙').replace('<w:tr>', '<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>');
  const document = await body(table(row('一', '二', '甲'), shifted));
  expect(cellOf(document, '表1第2行第1列')).toMatchObject({ column: 3, text: '乙' });
});

test('strict OOXML, with its other namespaces, reads alike', async () => {
  const document = await read({ body: form, strict: true, header: text('页眉') });
  expect(seen(gridOf(document, '表1'))).toHaveLength(9);
  expect(paragraphsIn(document).map((one) => one.text)).toEqual(['页眉']);
});

test('a picture is known by its cell, size and hash, and is looked at once however often it is shown', async () => {
  const jpeg = await noisyJpeg();
  const document = await read({
    body:
      table(row('照片', cell(p(photo('rIdphoto')), { merge: 'restart' })), row('', cell('', { merge: 'continue' }))) +
      p(oldPhoto('rIdphoto')),
    media: { 'photo.jpeg': jpeg },
  });
  expect(document.pictures).toHaveLength(1);
  expect(pictureIn(document, cellOf(document, '表1第1行第2列'))).toMatchObject({
    name: 'photo.jpeg',
    location: '表1第1行第2列',
    width: 413,
    height: 579,
    grey: false,
    bytes: jpeg.length,
    sha256: createHash('sha256').update(jpeg).digest('hex'),
  });
  expect(paragraphsIn(document)[0]).toMatchObject({ text: '', pictures: [0] });
});

test('a photo dropped into the lower part of a merged cell stands in that cell', async () => {
  const document = await read({
    body: table(
      row('姓名', cell('照片', { merge: 'restart' })),
      row('李工匠', cell(p(photo('rIdphoto')), { merge: 'continue' })),
    ),
    media: {
      'photo.png': await sharp({ create: { width: 20, height: 30, channels: 3, background: '#fff' } })
        .png()
        .toBuffer(),
    },
  });
  expect(pictureIn(document, cellOf(document, '表1第1行第2列')).location).toBe('表1第1行第2列');
});

test.each([
  ['a drawing of Windows (EMF)', 'photo.emf', Buffer.alloc(400, 1)],
  ['half a photo', 'photo.jpg', null],
])('%s still stands in its cell, without a size', async (_, name, bytes) => {
  const half = (await noisyJpeg()).subarray(0, 5_000);
  const document = await read({ body: table(row(cell(p(photo('rIdphoto'))))), media: { [name]: bytes ?? half } });
  expect(pictureIn(document, cellOf(document, '表1第1行第1列'))).toMatchObject({
    name,
    width: 0,
    height: 0,
    grey: null,
  });
});

test('pictures beyond the sixtieth are left, and the document says so', async () => {
  const png = await sharp({ create: { width: 20, height: 30, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  const shown = (count: number) => {
    const media = Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}.png`, png]));
    return read({
      body: Object.keys(media)
        .map((name) => p(photo(`rId${name.slice(0, -4)}`)))
        .join(''),
      media,
    });
  };
  expect(await shown(60)).toMatchObject({ pictures: { length: 60 }, cut: false });
  expect(await shown(61)).toMatchObject({ pictures: { length: 60 }, cut: true });
});

test('a picture that lies elsewhere is not shown, and nobody asks for it', async () => {
  const visits: unknown[] = [];
  const server = createServer((socket) => visits.push(socket.destroy())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const far = `<Relationship Id="rIdfar" Type="x/image" Target="http://127.0.0.1:${port}/a.png" TargetMode="External"/>`;
  const document = await read({ body: text('x') + p(photo('rIdfar', 'link'), photo('rIdfar')), relations: far });
  server.close();
  expect([document.pictures, visits]).toEqual([[], []]);
});

test('30 tables in each other are read, 31 are not', async () => {
  const nested = (depth: number): string => (depth === 0 ? text('底') : table(row(cell(nested(depth - 1)))));
  expect(gridsIn(await body(nested(30)))).toHaveLength(30);
  expect(refusal(await readHere({ name: 'x.docx', bytes: await docx({ body: nested(31) }) }))).toBe('docx unsafe');
});

test('20,000 cells are read, the rest is cut', async () => {
  const rows = (count: number) => table(...Array.from({ length: count }, () => row(...Array<string>(10).fill('甲'))));
  const [whole, long] = [await body(rows(2_000)), await body(rows(2_001))];
  expect([whole.cut, long.cut]).toEqual([false, true]);
  expect(gridOf(long, '表1').cells).toHaveLength(20_000);
});

const files = docxFiles({ body: text('正文') });
test.each([
  ['no main part', { ...files, 'word/document.xml': undefined }, 'docx corrupt'],
  ['XML that breaks off', { ...files, 'word/document.xml': '<w:document><w:body><w:p>' }, 'docx corrupt'],
  ['a DOCTYPE', { ...files, 'word/document.xml': '<!DOCTYPE a><a/>' }, 'docx unsafe'],
  ['a part of 20 MB and more', { ...files, 'word/media/film.avi': Buffer.alloc(20e6 + 1) }, 'docx too_large'],
])('%s has a name', async (_, parts, expected) => {
  const kept = Object.entries(parts).filter((part): part is [string, string | Buffer] => part[1] !== undefined);
  expect(refusal(await readHere({ name: '推荐表.docx', bytes: await zip(Object.fromEntries(kept)) }))).toBe(expected);
});
