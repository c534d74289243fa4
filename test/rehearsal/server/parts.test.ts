import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fieldOf, fieldsOf, headerOf } from '../../../src/rehearsal/server/header.ts';
import { readRequest } from '../../../src/rehearsal/server/request.ts';
import { chosen } from '../../../src/rehearsal/server/sets.ts';
import { fromImapName, toImapName } from '../../../src/rehearsal/server/utf7.ts';

describe('a folder’s name', () => {
  test.each([
    ['INBOX', 'INBOX'],
    ['草稿箱', '&g0l6P3ux-'],
    ['a & b', 'a &- b'],
    ['2018年材料', '2018&XnRnUGWZ-'],
    ['杨䶮𠮷', '&Z2hNrthC37c-'],
  ])('%s travels as %s', (name, wire) => {
    expect(toImapName(name)).toBe(wire);
    expect(fromImapName(wire)).toBe(name);
  });

  test('comes back whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => fromImapName(toImapName(name)) === name));
  });
});

describe('a command', () => {
  test.each([
    ['A1 NOOP', 'NOOP', []],
    ['A1 uid  fetch 1:* (UID)', 'UID FETCH', ['1:*', ['UID']]],
    ['A1 LOGIN "a \\"b\\\\" c', 'LOGIN', ['a "b\\', 'c']],
    [
      'A1 FETCH 1 (BODY.PEEK[HEADER.FIELDS (DATE FROM)]<0.9> UID)',
      'FETCH',
      ['1', ['BODY.PEEK[HEADER.FIELDS (DATE FROM)]<0.9>', 'UID']],
    ],
    ['A1 SEARCH OR (SEEN) NOT SEEN', 'SEARCH', ['OR', ['SEEN'], 'NOT', 'SEEN']],
    ['A1 LIST "" ""', 'LIST', ['', '']],
  ])('%s', (line, name, words) => {
    expect(readRequest(line)).toMatchObject({ tag: 'A1', name, words });
  });

  test.each(['', 'A1', 'DONE', 'A1 FETCH (', 'A1 FETCH 1 UID)', 'A1 LOGIN "a', 'A1 FETCH 1 BODY[', 'A1 FETCH 1 (UID'])(
    '%j is none',
    (line) => {
      expect(readRequest(line)).toBeNull();
    },
  );

  test('whatever comes, reading it ends', () => {
    fc.assert(fc.property(fc.string(), (text) => (readRequest(`A1 X ${text}`)?.name ?? 'X').startsWith('X')));
  });
});

describe('a sequence set over 3, 5, 9', () => {
  test.each([
    ['1:4', [3]],
    ['5', [5]],
    ['9:5', [5, 9]],
    ['4:*', [5, 9]],
    ['*', [9]],
    ['10:*', [9]],
    ['3,9', [3, 9]],
    ['1:4294967295', [3, 5, 9]],
  ])('%s is %j', (set, numbers) => {
    expect([...(chosen(set, [3, 5, 9]) ?? [])].sort()).toEqual(numbers);
  });

  test.each(['', 'a', '1:', '1,', ':3'])('%j is none', (set) => {
    expect(chosen(set, [3, 5, 9])).toBeNull();
  });

  test('has nothing where nothing is', () => {
    expect(chosen('1:*', [])?.size).toBe(0);
  });
});

describe('a header', () => {
  test.each([
    ['Subject: a\r\n\r\nbody', 'Subject: a\r\n\r\n'],
    ['Subject: a\n\nbody\r\n\r\nmore', 'Subject: a\n\n'],
    ['Subject: no body', 'Subject: no body'],
  ])('%j ends at its empty line', (mail, header) => {
    expect(headerOf(Buffer.from(mail))).toBe(header);
  });

  test('folded lines belong together', () => {
    const header = 'Received: from a\r\n\tby b;\r\n date\r\nSubject: =?utf-8?B?eA==?=\r\n =?utf-8?B?eQ==?=\r\n\r\n';
    expect(fieldsOf(header)).toHaveLength(2);
    expect(fieldOf(header, 'SUBJECT')).toBe('=?utf-8?B?eA==?= =?utf-8?B?eQ==?=');
    expect(fieldOf(header, 'Date')).toBeNull();
  });
});
