import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import exceljs, { type CellValue, type Workbook } from 'exceljs';
import { writeLedgerWorkbook } from '../../src/reports/ledger-workbook.ts';
import { hostileOffice, hurtful, idNumber, phone } from './hostile.ts';
import { julyDay } from './july-day.ts';

const folder = mkdtempSync(join(tmpdir(), 'shouli-ledger-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function written(name: string, facts: Parameters<typeof writeLedgerWorkbook>[0]): Promise<Workbook> {
  const file = join(folder, `${name}.xlsx`);
  await writeLedgerWorkbook(facts, file);
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(file);
  return book;
}

/** A sheet as rows of values by the words of its head. */
function rowsOf(book: Workbook, name: string): Record<string, CellValue>[] {
  const sheet = book.getWorksheet(name);
  const heads = ((sheet?.getRow(1).values ?? []) as string[]).slice(1);
  const rows: Record<string, CellValue>[] = [];
  sheet?.eachRow((row, index) => {
    if (index > 1) rows.push(Object.fromEntries(heads.map((head, at) => [head, row.getCell(at + 1).value])));
  });
  return rows;
}

describe('the ledger of 18 July', () => {
  let book: Workbook;
  beforeAll(async () => {
    book = await written('july', julyDay());
  });

  test('holds the sheets the office knows, heads frozen and to be filtered', () => {
    expect(book.worksheets.map(({ name }) => name)).toEqual(['申报件', '问题', '邮件台账', '回函', '说明']);
    for (const sheet of book.worksheets) {
      expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
      expect(sheet.autoFilter).toMatch(/^A1:/);
    }
  });

  test('a row a nominee', () => {
    const rows = rowsOf(book, '申报件');
    expect(rows).toHaveLength(7);
    expect(rows[3]).toMatchObject({
      编号: 'JZGJ-2018-0004',
      推荐单位: '修武县总工会',
      推荐人选: '孙海涛',
      状态: '未齐全',
      推荐表: '已收到',
      专利成果一览表及证书: '填报为无',
      基本情况及主要业绩量化表: '未见',
      主要荣誉证书复印件: '随纸质材料报送',
      时限: '按时',
      请补正: 1,
      提示: 0,
      内部: 1,
    });
    expect(rows[0]).toMatchObject({ 状态: '通过初审', 处理: '通过初审', 处理意见: '材料齐全' });
  });

  test('days are days, and show the office’s hour whatever the computer is set to', () => {
    expect(rowsOf(book, '申报件')[3]?.首次收到).toEqual(new Date('2018-07-17T11:05:00Z')); // a sheet knows no zones
  });

  test('a row a finding, with its clause', () => {
    expect(rowsOf(book, '问题').filter(({ 编号 }) => 编号 === 'JZGJ-2018-0004')).toMatchObject([
      { 轻重: '请补正', 材料: '基本情况及主要业绩量化表', '依据（通知条款）': '七（四）', 代码: 'material_missing' },
      { 轻重: '内部', 材料: '推荐表', 文件: '推荐表.docx', 位置: '表1第8行第2列', 代码: 'level_below' },
    ]);
  });

  test('every mail has its row and its fate, its hash whole', () => {
    const rows = rowsOf(book, '邮件台账');
    expect(rows).toHaveLength(13);
    expect(rows.at(-2)).toMatchObject({ 去向: '失败', 主题: '孟州市推荐材料', 原因: '文件读取程序意外中断' });
    expect(rows[0]?.['原始文件（SHA-256）']).toBe('1'.padStart(64, '0'));
  });

  test('every letter has its row', () => {
    expect(rowsOf(book, '回函').map(({ 种类, 状态 }) => `${种类} ${状态}`)).toEqual([
      '材料接收回执 已发出',
      '材料补正通知 已发出',
      '材料接收回执 已发出',
      '材料补正通知 已发出',
      '材料接收回执 被退回',
      '材料补正通知 等人决定',
    ]);
  });

  test('only its owner may read the file', () => {
    expect(statSync(join(folder, 'july.xlsx')).mode & 0o777).toBe(0o600);
  });
});

test('the rehearsal’s ledger says what it is', async () => {
  const book = await written('rehearsal', julyDay({ rehearsal: true }));
  expect(rowsOf(book, '说明')[0]).toMatchObject({ 项目: '演练', 内容: '这是演练数据，不是真实来件' });
  expect(book.worksheets.every(({ headerFooter }) => headerFooter.oddHeader?.includes('演练'))).toBe(true);
});

describe('what strangers write stays text', () => {
  let book: Workbook;
  beforeAll(async () => {
    book = await written('hostile', hostileOffice());
  });

  test('every cell is text, a figure or a day; none is a formula or a link', () => {
    const kinds = new Set<string>();
    for (const sheet of book.worksheets)
      sheet.eachRow((row) =>
        row.eachCell(({ type, numFmt }) => kinds.add(type === exceljs.ValueType.String ? `text ${numFmt}` : `${type}`)),
      );
    expect([...kinds].sort()).toEqual([`${exceljs.ValueType.Date}`, `${exceljs.ValueType.Number}`, 'text @'].sort());
  });

  test('and is there to be read, but for numbers of people', () => {
    const subjects = rowsOf(book, '邮件台账').map(({ 主题 }) => 主题);
    expect(new Set(subjects).size).toBe(hurtful.length);
    expect(subjects).toContain('@SUM(1+1)********0016');
    const all = JSON.stringify(book.worksheets.map(({ name }) => rowsOf(book, name)));
    expect(all).not.toContain(idNumber);
    expect(all).not.toContain(phone);
  });

  test('LibreOffice finds no formula either', () => {
    const { error } = spawnSync('soffice', ['--version']);
    if (error) return console.log('LibreOffice is not installed: not tried');
    const profile = `-env:UserInstallation=file://${folder}/office`;
    const words = ['--headless', profile, '--convert-to', 'fods', '--outdir', folder, join(folder, 'hostile.xlsx')];
    expect(spawnSync('soffice', words).status).toBe(0);
    const flat = readFileSync(join(folder, 'hostile.fods'), 'utf8');
    expect(flat).toContain('@SUM(1+1)********0016');
    expect(flat).not.toMatch(/table:formula|xlink:href="http/);
  });
});
