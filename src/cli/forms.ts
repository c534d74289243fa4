import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../errors.ts';
import { type BlankFormat, writeBlank } from '../forms/blanks/write.ts';
import { formToSend, type Recorded } from '../letters/attached-forms.ts';
import { loadNotice } from '../notice/load.ts';
import type { Notice } from '../notice/notice.ts';
import { recordedApplication } from '../office/recorded-application.ts';
import { readSettings } from '../settings.ts';
import { readWords } from './arguments.ts';
import { withBooks } from './with-books.ts';

const formats: BlankFormat[] = ['docx', 'xlsx'];

/** `shouli forms DIR [--number NUMBER]`: every form of the round, as Word and as Excel; with a number, filled in as far as known. */
export async function formsCommand(given: string[]): Promise<number> {
  const words = readWords(given, { number: 'value' }, 1);
  const folder = words.flatMap((word) => (word.kind === 'file' ? [word.file] : []))[0];
  const number = words.flatMap((word) => (word.kind === 'option' ? [word.value] : []))[0];
  if (!folder) throw new Failure('usage', '请写出放到哪个文件夹，如：npx shouli forms 空白表');
  if (!number) {
    const settings = readSettings();
    return writeForms(folder, null, loadNotice(settings.configDir, settings.notice));
  }
  return withBooks(async (books) => {
    const application = await recordedApplication(books, number);
    if (!application)
      throw new Failure('permanent', `没有编号为 ${number} 的申报件，全部编号见 npx shouli applications`);
    return writeForms(folder, application, books.notice);
  });
}

async function writeForms(folder: string, application: Recorded | null, notice: Notice): Promise<number> {
  mkdirSync(folder, { recursive: true });
  for (const definition of notice.forms) {
    const { fileName, known } = formToSend(definition, application, notice);
    for (const format of formats) {
      const path = join(folder, fileName.replace(/\.\w+$/, `.${format}`));
      writeFileSync(path, await writeBlank(definition, format, notice, { fields: known }));
      console.log(path);
    }
  }
  return 0;
}
