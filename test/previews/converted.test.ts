import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ole } from '../../fixtures/documents/hostile.ts';
import { cell, docx, row, table } from '../../fixtures/documents/office.ts';
import { convertedIn, hashOf } from '../../src/documents/libreoffice/kept.ts';
import { openDesk } from './desk.ts';

const works = ole({ CONTENTS: Buffer.alloc(4_096, 1) });

test('a file that LibreOffice read for us is shown as it was read: findings point into that', async () => {
  const { file, page, dataDir } = openDesk();
  const evidence = file('推荐表.wps', works);
  expect(await page(evidence)).toMatchObject({ kind: 'none', why: 'unsupported' });
  mkdirSync(convertedIn(dataDir), { recursive: true });
  const word = await docx({ body: table('', row(cell('姓名'), cell('李建国'))) });
  writeFileSync(join(convertedIn(dataDir), `${hashOf(works)}.docx`), word);
  const shown = await page(evidence, { places: ['表1第1行第2列'] });
  expect(shown).toMatchObject({ kind: 'html', marks: [{ place: '表1第1行第2列' }] });
  expect('html' in shown && shown.html).toContain('李建国');
});
