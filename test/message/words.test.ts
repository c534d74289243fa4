import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { loadMailWords } from '../../src/message/words.ts';

const delivered = readFileSync('config/words/mail.yaml', 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'words-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the person who edited the file is told. */
function complaint(yaml: string): string {
  const file = join(folder, 'mail.yaml');
  writeFileSync(file, yaml);
  try {
    loadMailWords(file);
  } catch (error) {
    return error instanceof Error ? error.message + ('forPerson' in error ? String(error.forPerson) : '') : '';
  }
  return '';
}

test('the delivered file is right', () => {
  expect(complaint(delivered)).toBe('');
});

test.each([
  ['a misspelt name', delivered.replace('replyPrefixes:', 'replyPrefix:'), 'subject：不认识的项目：replyPrefix'],
  [
    'a pattern with an open bracket',
    delivered.replace("'^(通知:?)?\\[?撤回邮件'", "'^(通知'"),
    '“^(通知”不是正确的正则表达式',
  ],
  [
    'one phrase instead of a list',
    delivered.replace(/replyPrefixes: .*/, 'replyPrefixes: 回复'),
    'subject.replyPrefixes：应是一个列表',
  ],
  ['a number for a phrase', delivered.replace('[Re,', '[1,'), 'subject.replyPrefixes.0：应是一段文字'],
  ['a file that is no YAML', 'subject: [', '读不出来'],
  ['an empty file', '', '整个文件：应是一组'],
])('%s is said in Chinese, with its place', (_, yaml, words) => {
  expect(complaint(yaml)).toContain(words);
});
