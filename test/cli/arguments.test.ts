import { describe, expect, test } from '@jest/globals';
import { type OptionNames, readWords } from '../../src/cli/arguments.ts';
import { columns, widthOf } from '../../src/cli/table.ts';

const known = { 'received-at': 'value', json: 'flag' } as const;

describe('the command line', () => {
  test('a time counts for the files after it, in the order typed', () => {
    expect(
      readWords(
        ['a.eml', '--received-at', '2018-07-20T23:59:59', 'b.eml', '--received-at=2018-07-21', 'c.eml', '--json'],
        known,
        3,
      ),
    ).toEqual([
      { kind: 'file', file: 'a.eml' },
      { kind: 'option', name: 'received-at', value: '2018-07-20T23:59:59' },
      { kind: 'file', file: 'b.eml' },
      { kind: 'option', name: 'received-at', value: '2018-07-21' },
      { kind: 'file', file: 'c.eml' },
      { kind: 'option', name: 'json', value: null },
    ]);
  });
  test('after -- everything is a file', () => {
    expect(readWords(['--', '--json'], known, 1)).toEqual([{ kind: 'file', file: '--json' }]);
  });
  test.each([
    [['--jsno'], '不认识选项 --jsno，是不是想写 --json？'],
    [['--nonsense'], '不认识选项 --nonsense，可用：--received-at --json'],
    [['a.eml', '--received-at'], '--received-at 后面要写内容'],
  ])('%j is refused in Chinese', (given, said) => {
    expect(() => readWords(given, known, 1)).toThrow(said);
  });
});

describe('a word too many is not passed over', () => {
  test.each<[trouble: string, given: string[], known: OptionNames, most: number, word: string]>([
    ['one letter to hold, and all would be held', ['12'], {}, 0, '12'],
    [
      'a day without --date: today’s digest would be shown',
      ['2018-07-18', '--json'],
      { json: 'flag' },
      0,
      '2018-07-18',
    ],
    ['a folder with a space: half its name would hold the backup', ['受理', '备份'], {}, 1, '备份'],
    ['a note with a space', ['JZGJ-2018-0007', 'accept', '--note', '材料', '齐全'], { note: 'value' }, 2, '齐全'],
  ])('%s', (_, given, options, most, word) => {
    expect(() => readWords(given, options, most)).toThrow(`多了“${word}”，没有执行`);
    expect(() =>
      readWords(
        given.filter((each) => each !== word),
        options,
        most,
      ),
    ).not.toThrow();
  });
});

test('columns line up where Chinese takes two places', () => {
  expect(widthOf('推荐表（A3）')).toBe(12);
  expect(
    columns([
      ['一', 'ab', 'x'],
      ['二三', 'c', 'y'],
    ]),
  ).toEqual(['一    ab  x', '二三  c   y']);
});
