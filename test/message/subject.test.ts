import { expect, test } from '@jest/globals';
import { bareSubject, readSubject } from '../../src/message/subject.ts';
import { words } from './mails.ts';

test.each([
  ['材料', '材料'],
  ['Re: 材料', '材料'],
  ['RE：回复:Fwd: 答复：转发：Fw:回覆: 材料', '材料'],
  ['Re[2]: 材料', '材料'],
  ['  回复 ： 材料 ', '材料'],
  ['关于回复：材料', '关于回复：材料'],
  ['Report: 材料', 'Report: 材料'],
  ['Re:', ''],
])('%s → %s', (subject, bare) => {
  expect(bareSubject(subject, words)).toBe(bare);
});

test.each([
  ['材料', null],
  ['回复：转发：材料', 'reply'],
  ['转发：回复：材料', 'forward'],
])('the outermost prefix of %s', (subject, prefix) => {
  expect(readSubject(subject, words).prefix).toBe(prefix);
});
