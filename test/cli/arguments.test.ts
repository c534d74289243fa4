import { describe, expect, test } from '@jest/globals';
import { readWords } from '../../src/cli/arguments.ts';
import { columns, widthOf } from '../../src/cli/table.ts';

const known = { 'received-at': 'value', json: 'flag' } as const;

describe('the command line', () => {
  test('a time counts for the files after it, in the order typed', () => {
    expect(
      readWords(
        ['a.eml', '--received-at', '2018-07-20T23:59:59', 'b.eml', '--received-at=2018-07-21', 'c.eml', '--json'],
        known,
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
    expect(readWords(['--', '--json'], known)).toEqual([{ kind: 'file', file: '--json' }]);
  });
  test.each([
    [['--jsno'], '不认识选项 --jsno，是不是想写 --json？'],
    [['--nonsense'], '不认识选项 --nonsense，可用：--received-at --json'],
    [['a.eml', '--received-at'], '--received-at 后面要写内容'],
  ])('%j is refused in Chinese', (given, said) => {
    expect(() => readWords(given, known)).toThrow(said);
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
