import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import type { Failure } from '../../src/errors.ts';
import { loadNotice } from '../../src/notice/load.ts';

const round = 'notices/jiaozuo-craftsman-2018';
let config = '';
beforeEach(() => {
  config = mkdtempSync(join(tmpdir(), 'shouli-config-'));
  cpSync('config', config, { recursive: true });
});
afterEach(() => rmSync(config, { recursive: true }));

const edit = (file: string, change: (text: string) => string) => {
  const path = join(config, file);
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
};

function refusal(code = 'jiaozuo-craftsman-2018'): string {
  try {
    loadNotice(config, code);
  } catch (error) {
    expect(error).toMatchObject({ name: 'Failure', kind: 'usage' });
    return (error as Failure).forPerson;
  }
  throw new Error('was not refused');
}

test('the round of 2018 loads: six requirements by their clauses, twelve unions, four forms', () => {
  const notice = loadNotice(config, 'jiaozuo-craftsman-2018');
  expect(notice.requirements.map(({ code, clause }) => [code, clause])).toEqual([
    ['recommendation_form', '七（一）'],
    ['innovation_list', '七（二）'],
    ['patent_list', '七（三）'],
    ['performance_sheet', '七（四）'],
    ['honor_certificates', '七（五）'],
    ['photo', '七（六）'],
  ]);
  expect(notice.roster).toHaveLength(12);
  expect(notice.roster.reduce((sum, { quota }) => sum + quota, 0)).toBe(24); // clause 三: two each
  expect(notice.deadline.cutOff.toISOString()).toBe('2018-07-20T16:00:00.000Z');
});

test('every mistake in every file is named at once, with its place and what was probably meant', () => {
  edit(`${round}/notice.yaml`, (text) =>
    text.replace('boundaryHours: 24', 'boundryHours: 24').replace('photo_grey: advisory', 'photo_grey: advisery'),
  );
  edit(`${round}/forms/patent_list.yaml`, (text) => text.replace('type: patent_number', 'type: patentnumber'));
  edit(`${round}/letters/receipt.txt`, (text) => text.replace('{{收到时间}}', '{{收件时间}}'));
  edit(`${round}/letters/phrases.yaml`, (text) => text.replace('missing: 未见此项材料', "missing: '未见{{名称'"));
  edit(`${round}/roster.csv`, (text) => text.replace('温县总工会,县市区,2', '温县总工会,县市区,两'));
  edit('words/values.yaml', (text) => text.replace('counts: ask', 'counts: maybe'));
  const said = refusal();
  expect(said).toMatch(/notice\.yaml 第\d+行 deadline.*不认识“boundryHours”，是不是想写“boundaryHours”/);
  expect(said).toMatch(/notice\.yaml 第\d+行 severities\.photo_grey：不认识“advisery”，是不是想写“advisory”/);
  expect(said).toMatch(
    /patent_list\.yaml 第\d+行 tables\.0\.columns\.3\.type：不认识“patentnumber”，是不是想写“patent_number”/,
  );
  expect(said).toMatch(/receipt\.txt：不认识“收件时间”，是不是想写“收到时间”/);
  expect(said).toMatch(/phrases\.yaml states\.missing：双花括号没有成对/);
  expect(said).toMatch(/roster\.csv 第\d+行 名额：应为1到99的整数/);
  expect(said).toMatch(/values\.yaml 第\d+行 awardLevels\.3\.counts/);
});

test.each([
  [
    'a form that no file defines',
    `${round}/notice.yaml`,
    'code: patent_list',
    'code: patents_list',
    /没有这张表.*patent_list/s,
  ],
  [
    'a list counted under a wrong name',
    `${round}/forms/performance_sheet.yaml`,
    'requirement: patent_list',
    'requirement: patent_lists',
    /countsRowsOf.*是不是想写“patent_list”/,
  ],
  [
    'one label for two fields',
    `${round}/forms/recommendation_form.yaml`,
    'label: 民族,',
    'label: 性别,',
    /“性别”已经是 sex 的叫法/,
  ],
  [
    'one alias for two unions',
    `${round}/roster.csv`,
    '沁阳市总工会,县市区,2,沁阳市',
    '沁阳市总工会,县市区,2,温县',
    /“温县”已经属于“温县总工会”/,
  ],
  [
    'a level that no ladder has',
    `${round}/notice.yaml`,
    'minimum: 高级工',
    'minimum: 高级',
    /levels\.skill\.minimum.*高级工/,
  ],
  [
    'a finding told to unions without words for them',
    `${round}/notice.yaml`,
    'level_below: note',
    'level_below: advisory',
    /level_below.*forUnion/,
  ],
  [
    'a round that opens after it ends',
    `${round}/notice.yaml`,
    'opens: 2018-06-01',
    'opens: 2019-06-01',
    /opens：应早于 deadline\.cutOff/,
  ],
  [
    'an instant without a zone',
    `${round}/notice.yaml`,
    'cutOff: 2018-07-21T00:00:00+08:00',
    "cutOff: '2018-07-21 00:00'",
    /带时区的时刻/,
  ],
  [
    'a mistyped list of mail words',
    'words/mail.yaml',
    'replyPrefixes:',
    'replyPrefix:',
    /mail\.yaml 第\d+行 subject：不认识“replyPrefix”，是不是想写“replyPrefixes”/,
  ],
  [
    'a pattern with an open bracket',
    'words/mail.yaml',
    "'^(通知:?)?\\[?撤回邮件",
    "'^(通知",
    /mail\.yaml 第\d+行 authors\.recall.*不是正确的正则表达式/,
  ],
  [
    'one word where a list is wanted',
    'words/mail.yaml',
    'replyPrefixes: [Re, 回复, 答复, 回覆, 回信]',
    'replyPrefixes: 回复',
    /subject\.replyPrefixes：应为列表/,
  ],
  [
    'a number where a word is wanted',
    'words/mail.yaml',
    'replyPrefixes: [Re,',
    'replyPrefixes: [1,',
    /subject\.replyPrefixes\.0：应为文字/,
  ],
  ['broken YAML', `${round}/notice.yaml`, 'office:\n', 'office: [\n', /notice\.yaml 第\d+行：格式不对/],
  ['a letter without a subject', `${round}/letters/receipt.txt`, '主题：', '', /receipt\.txt 第1行：应以“主题：”开头/],
])('refuses %s', (_, file, from, to, expected) => {
  edit(file, (text) => text.replace(from, to));
  expect(refusal()).toMatch(expected);
});

test('an emptied file is named', () => {
  writeFileSync(join(config, 'words/names.yaml'), '');
  expect(refusal()).toMatch(/names\.yaml.*应为一组“项目: 内容”：compoundSurnames/);
});

test('a mistyped round is answered with the one that exists', () => {
  expect(refusal('jiaozuo-craftsman-2019')).toMatch(/没有批次“jiaozuo-craftsman-2019”，是不是“jiaozuo-craftsman-2018”/);
});

test('a roster saved by Excel as GBK reads the same', () => {
  const path = join(config, round, 'roster.csv');
  writeFileSync(path, iconv.encode(readFileSync(path, 'utf8'), 'gbk'));
  expect(loadNotice(config, 'jiaozuo-craftsman-2018').roster[11]?.name).toBe('焦煤集团工会');
});
