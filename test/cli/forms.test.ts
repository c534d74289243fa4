import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { main } from '../../src/cli/main.ts';
import { readHere } from '../../src/documents/read-here.ts';
import { readForms } from '../../src/forms/read-forms.ts';
import { notice } from '../support/notice.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shouli-forms-'));
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  jest.spyOn(console, 'error').mockReturnValue(undefined);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('forms DIR: all four, as Word and as Excel, blank', async () => {
  expect(await main(['forms', join(folder, '空白表')])).toBe(0);
  const names = readdirSync(join(folder, '空白表'));
  expect(names).toHaveLength(8);
  for (const name of names) {
    const reading = await readHere({ name, bytes: readFileSync(join(folder, '空白表', name)) });
    const forms = reading.kind === 'document' ? readForms(reading.document, notice) : [];
    expect(forms.map(({ blank }) => blank)).toEqual([true]);
  }
});

test('without a folder it says how to ask', async () => {
  expect(await main(['forms'])).toBe(2);
  expect(console.error).toHaveBeenCalledWith(expect.stringContaining('npx shouli forms 空白表'));
});
