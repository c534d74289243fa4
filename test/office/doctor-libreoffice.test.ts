import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { testLibreOffice } from '../../src/office/doctor/programs.ts';

const none = resolve('test/documents/no-such-program');
const broken = resolve('test/documents/false-soffice.sh');

test('without LibreOffice all is well; what it would add and how to install it is a hint', async () => {
  const { ok, seen, advice } = await testLibreOffice(null, true);
  expect(ok).toBe(true);
  expect(seen).toContain('未安装 LibreOffice');
  expect(advice).toContain('旧版 .doc、.wps、.rtf 照常读取');
  expect(advice).toContain('sudo apt-get install libreoffice-writer-nogui');
});

test.each([
  ['one that does not convert', broken],
  ['one that was removed this moment', none],
])('asked deeply, %s is told, and is no trouble of the office', async (_, program) => {
  expect(await testLibreOffice(program, false)).toMatchObject({ ok: true, advice: '' });
  const { ok, seen, advice } = await testLibreOffice(program, true);
  expect(ok).toBe(true);
  expect(seen).toContain('不能转换文件');
  expect(advice).toContain('不影响收件');
});
