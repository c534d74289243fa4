import { expect, test } from '@jest/globals';
import { passwordsIn } from '../../src/message/passwords.ts';
import { words } from './mails.ts';

test.each<[string, string]>([
  ['解压密码：gh2018', 'gh2018'],
  ['压缩包密码是 8866，请查收', '8866'],
  ['密码:Gh@2018!', 'Gh@2018'],
  ['附件已加密，密 码 ： 13579。', '13579'],
  ['打开密码为“zzq2018”，谢谢', 'zzq2018'],
  ['密码均为123456', '123456'],
  ['材料（密码123456）.rar', '123456'],
  ['ＰＡＳＳＷＯＲＤ：ａｂｃ１２３', 'abc123'],
  ['口令：焦作工匠', '焦作工匠'],
  ['压缩包的密码统一为：jzgj2018', 'jzgj2018'],
])('%s → %s', (text, password) => {
  expect(passwordsIn([text], words)).toContain(password);
});

test.each([['密码另行电话告知'], ['请重置邮箱密码'], ['焦作工匠推荐材料，请查收'], ['']])('%s: none', (text) => {
  expect(passwordsIn([text], words)).toEqual([]);
});

test('at most six are tried, the first said first', () => {
  const text = Array.from({ length: 20 }, (_, at) => `密码：pass${at}x`).join('\n');
  expect(passwordsIn([text], words)).toEqual(['pass0x', 'pass1x', 'pass2x', 'pass3x', 'pass4x', 'pass5x']);
});
