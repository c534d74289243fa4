import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeTransfer } from '../../src/message/mime/transfer.ts';

/** A file of a few hundred kilobytes, longer than what is decoded at a time. */
const scan = Buffer.from(Array.from({ length: 200_001 }, (_, index) => (index * 7919) >> 3));
const linesOf = (bytes: Buffer, signs: number) =>
  bytes.toString('base64').match(new RegExp(`.{1,${signs}}`, 'g')) ?? [];
const decoded = (text: string) => decodeTransfer(Buffer.from(text, 'latin1'), 'base64');
const replaced = (lines: string[], at: number, line: string) => lines.map((each, n) => (n === at ? line : each));

test('a file comes back whatever its length, the length of its lines and their breaks', () => {
  const breaks = fc.constantFrom('\r\n', '\n');
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 700 });
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 90 }), breaks, fc.boolean(), (given, signs, end, ends) => {
      const text = linesOf(Buffer.from(given), signs).join(end) + (ends ? end : '');
      expect(decoded(text)).toEqual(Buffer.from(given));
    }),
    { numRuns: 500, seed: 20180720 },
  );
});

const lines = linesOf(scan, 76);
const middle = 2_000;
const line = lines[middle] ?? '';
const troubles: [string, string[]][] = [
  ['nothing', lines],
  ['a blank in the middle of a line', replaced(lines, middle, `${line.slice(0, 40)} ${line.slice(40)}`)],
  ['a high byte in the middle', replaced(lines, middle, `${line.slice(0, 40)}\xa0${line.slice(40)}`)],
  [
    'two lines run together',
    replaced(replaced(lines, middle, line + lines[middle + 1]), middle + 1, '').filter(Boolean),
  ],
  ['a break too many, within a line', replaced(lines, middle, `${line.slice(0, 40)}\r\n${line.slice(40)}`)],
  [
    'a break moved by two signs',
    replaced(replaced(lines, middle, line.slice(0, 74)), middle + 1, line.slice(74) + lines[middle + 1]),
  ],
  ['an empty line', replaced(lines, middle, `${line}\r\n`)],
  ['a footer of a mailing list', [...lines, '', '-- ', 'You receive this because you are on the list', '']],
];

test.each(troubles)('a file of 200 KB with %s comes back whole', (_, given) => {
  expect(decoded(given.join('\r\n')).equals(scan)).toBe(true);
});

test('a file padded line by line comes back whole', () => {
  const rows = Array.from({ length: 4_000 }, (_, row) => scan.subarray(row * 50, row * 50 + 50).toString('base64'));
  expect(decoded(rows.join('\r\n')).equals(scan.subarray(0, 200_000))).toBe(true);
});

test('lines of dashes under the label base64 stay dashes', () => {
  const rule = Array(40).fill('-'.repeat(76)).join('\r\n');
  expect(decoded(rule).toString()).toBe(rule);
});
