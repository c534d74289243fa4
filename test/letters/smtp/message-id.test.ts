import { expect, test } from '@jest/globals';
import { letterMessageId, readMessageId } from '../../../src/letters/smtp/message-id.ts';

const letter = { number: 'JZGJ-2018-0007', kind: 'receipt', stateKey: '甲 complete', domain: '126.example' } as const;

test('the same letter has the same id, today and after a power cut', () => {
  expect(letterMessageId({ ...letter })).toBe(letterMessageId({ ...letter }));
});

test('another state, kind or application has another', () => {
  const ids = [
    letter,
    { ...letter, stateKey: '甲 two missing' },
    { ...letter, kind: 'late_notice' as const },
    { ...letter, number: 'JZGJ-2018-0008' },
    { ...letter, number: null },
  ].map(letterMessageId);
  expect(new Set(ids).size).toBe(ids.length);
});

test('names number and kind, and tells nothing of what the state says', () => {
  expect(letterMessageId(letter)).toMatch(/^<shouli\.JZGJ-2018-0007\.receipt\.[0-9a-f]{16}@126\.example>$/);
  expect(letterMessageId({ ...letter, number: null, kind: 'digest' })).toMatch(
    /^<shouli\.digest\.[0-9a-f]{16}@126\.example>$/,
  );
});

test('a number in Chinese or with marks stays out of the header', () => {
  expect(letterMessageId({ ...letter, number: '收〔2018〕7\r\nBcc: a@b' })).toMatch(
    /^<shouli\.receipt\.[0-9a-f]{16}@126\.example>$/,
  );
});

test('our ids are known again, others are not', () => {
  expect(readMessageId(letterMessageId(letter))).toMatchObject({ number: 'JZGJ-2018-0007', kind: 'receipt' });
  expect(readMessageId(letterMessageId({ ...letter, number: null, kind: 'digest' }))).toMatchObject({
    number: null,
    kind: 'digest',
  });
  for (const id of [
    '',
    '<tencent_7F@qq.example>',
    '<shouli.receipt.0123@126.example>',
    '<receipt.0123456789abcdef@126.example>',
  ])
    expect(readMessageId(id)).toBeNull();
});
