import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { machineNow } from '../../src/clock.ts';
import { type Converter, openConverter } from '../../src/documents/libreoffice/convert.ts';
import { findLibreOffice } from '../../src/documents/libreoffice/find.ts';
import { until } from '../support/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'shouli-test-'));
const megabyte = 1024 * 1024;
const left = () => readdirSync(folder);
let converter: Converter;

beforeEach(() => {
  converter = openFalse();
});
afterEach(() => converter.close());
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const openFalse = (bounds = { wallMs: 20_000, residentBytes: 500 * megabyte }) =>
  openConverter(resolve('test/documents/false-soffice.sh'), bounds, folder);
const convert = (trouble: string, by = converter) => by.convert('doc', Buffer.from(trouble));
const written = async (trouble: string) => {
  const end = await convert(trouble);
  return 'docx' in end ? end.docx.toString() : end.undone;
};

test('what hangs is ended with all that it started, and leaves nothing behind', async () => {
  const impatient = openFalse({ wallMs: 1_500, residentBytes: 500 * megabyte });
  const end = convert('hang', impatient);
  const notes = () => left().flatMap((name) => readdirSync(join(folder, name)).map((file) => join(folder, name, file)));
  await until(() => notes().some((path) => path.endsWith('/child') && readFileSync(path, 'utf8').trim() !== ''));
  const child = Number(readFileSync(notes().find((path) => path.endsWith('/child')) ?? '', 'utf8'));
  expect(isAlive(child)).toBe(true);
  expect(await end).toEqual({ undone: 'timed_out' });
  await until(() => !isAlive(child), 2_000);
  expect(left()).toEqual([]);
});

test.each([
  ['crash', 'failed'],
  ['nothing', 'failed'],
])('one that does %s brought nothing', async (trouble, why) => {
  expect(await convert(trouble)).toEqual({ undone: why });
  expect(left()).toEqual([]);
});

test('what fills the memory is ended', async () => {
  const narrow = openFalse({ wallMs: 20_000, residentBytes: 150 * megabyte });
  expect(await convert('grow', narrow)).toEqual({ undone: 'out_of_memory' });
});

test('it sees nothing of our environment, and a home that is gone with it', async () => {
  const names = (await written('environment')).split('\n').flatMap((line) => /^\w+(?==)/.exec(line) ?? []);
  const ofTheShell = ['PWD', 'OLDPWD', 'SHLVL', '_'];
  expect(names.filter((name) => !ofTheShell.includes(name)).sort()).toEqual([
    'HOME',
    'LANG',
    'PATH',
    'SAL_USE_VCLPLUGIN',
    'TMPDIR',
    'http_proxy',
    'https_proxy',
  ]);
  expect(await written('environment')).toContain(`HOME=${folder}/shouli-libreoffice-`);
});

test('it starts without windows, over a profile of its own, and is told how to read the file', async () => {
  const words = await written('words');
  expect(words).toMatch(/-env:UserInstallation=file:\/\/\S*shouli-libreoffice-\S*\/profile --headless /);
  expect(words).toContain('--infilter=MS Word 97 --convert-to docx:');
  expect(words.trim()).toMatch(/\/in\.doc$/);
});

test('one file at a time', async () => {
  const ends = ['words', 'words', 'words'].map((trouble) => convert(trouble));
  await until(() => left().length > 0);
  expect(left()).toHaveLength(1);
  await Promise.all(ends);
});

test('after three files in a row that hang, the next is not tried: no hundred of them holds up the office', async () => {
  const impatient = openFalse({ wallMs: 300, residentBytes: 500 * megabyte });
  for (let file = 0; file < 3; file++) expect(await convert('hang', impatient)).toEqual({ undone: 'timed_out' });
  expect(await convert('words', impatient)).toEqual({ undone: 'resting' });
});

test('closing ends what runs, and says that the file is to be read later', async () => {
  const end = convert('hang');
  const waiting = convert('words');
  const told = Promise.allSettled([end, waiting]);
  await until(() => left().length > 0);
  await converter.close();
  for (const each of await told) expect(each).toMatchObject({ status: 'rejected', reason: { kind: 'temporary' } });
  expect(left()).toEqual([]);
});

test('the folder of a conversion whose parent was killed goes with the next one, that of one at work stays', async () => {
  const [old, young] = [
    mkdtempSync(join(folder, 'shouli-libreoffice-')),
    mkdtempSync(join(folder, 'shouli-libreoffice-')),
  ];
  const yesterday = machineNow().getTime() / 1_000 - 86_400;
  utimesSync(old, yesterday, yesterday);
  await convert('words');
  expect(left().map((name) => join(folder, name))).toEqual([young]);
  rmSync(young, { recursive: true });
});

test('the program is found in the search path, when it may be run', () => {
  const bin = mkdtempSync(join(folder, 'bin-'));
  writeFileSync(join(bin, 'soffice'), '#!/bin/sh\n', { mode: 0o644 });
  expect(findLibreOffice(bin)).not.toBe(join(bin, 'soffice'));
  chmodSync(join(bin, 'soffice'), 0o755);
  expect(findLibreOffice(bin)).toBe(join(bin, 'soffice'));
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
}
