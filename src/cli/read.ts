import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Cell, Document, Reading } from '../documents/document.ts';
import { withLibreOffice } from '../documents/libreoffice/with-libreoffice.ts';
import { openReader } from '../documents/reader.ts';
import { reasons } from '../documents/reasons.ts';
import { Failure } from '../errors.ts';
import type { Form } from '../forms/form.ts';
import { readForms } from '../forms/read-forms.ts';
import { silentLog } from '../log.ts';
import { loadNotice } from '../notice/load.ts';
import type { Notice } from '../notice/notice.ts';
import { readSettings } from '../settings.ts';
import { hasFlag, readWords } from './arguments.ts';
import type { ReadResult } from './read-result.ts';
import { readText } from './read-text.ts';

/** `shouli read`: what Shouli sees in documents and pictures. JSON gives values as typed, for whoever holds the file anyway. */
export async function readCommand(given: string[]): Promise<number> {
  const words = readWords(given, { json: 'flag' }, Number.POSITIVE_INFINITY);
  const paths = words.flatMap((word) => (word.kind === 'file' ? [word.file] : []));
  if (paths.length === 0) throw new Failure('usage', '请写出要看的文件，如：npx shouli read 推荐表.docx');
  const settings = readSettings();
  const notice = loadNotice(settings.configDir, settings.notice);
  const files = paths.map((path) => ({ path, bytes: bytesOf(path) }));
  const reader = withLibreOffice(openReader(), { log: silentLog, folder: null });
  try {
    const results = await Promise.all(
      files.map(async ({ path, bytes }) => resultsOf(path, await reader.read({ name: basename(path), bytes }), notice)),
    );
    const printed = results.flat();
    console.log(hasFlag(words, 'json') ? JSON.stringify(printed, null, 2) : printed.map(readText).join('\n'));
    return printed.some(({ reason }) => reason !== null) ? 1 : 0;
  } finally {
    await reader.close();
  }
}

function resultsOf(file: string, reading: Reading, notice: Notice): ReadResult[] {
  const bare: ReadResult = {
    file,
    type: reading.type,
    form: null,
    blank: false,
    fields: [],
    rows: [],
    unknown: [],
    pictures: [],
    page: null,
    reason: null,
  };
  if (reading.kind === 'unreadable') return [{ ...bare, reason: reasons[reading.reason].forStaff }];
  if (reading.kind === 'picture') return [{ ...bare, pictures: [reading.picture] }];
  if (reading.kind === 'message') return [{ ...bare, reason: '这是一封邮件，请用 npx shouli check 查看' }];
  if (reading.kind === 'container')
    return [
      {
        ...bare,
        rows: reading.entries.map(({ path, bytes }) => ({
          location: path,
          cells: { 字节: { value: String(bytes.length), location: path } },
        })),
      },
    ];
  const { document } = reading;
  const shared = { ...bare, pictures: document.pictures, page: document.page };
  const forms = readForms(document, notice);
  return forms.length > 0
    ? forms.map((form) => ({ ...shared, ...formResult(form) }))
    : [{ ...shared, rows: rowsAsSeen(document) }];
}

function formResult(form: Form): Pick<ReadResult, 'form' | 'blank' | 'fields' | 'rows' | 'unknown'> {
  const rows = form.tables.flatMap((table) =>
    table.rows.map(({ location, cells }) => ({
      location,
      cells: Object.fromEntries(
        Object.entries(cells).map(([key, { text, location: at }]) => [key, { value: text, location: at }]),
      ),
    })),
  );
  return {
    form: form.definition.code,
    blank: form.blank,
    fields: form.fields.map(({ label, text, location }) => ({ label, value: text, location })),
    rows,
    unknown: form.unknown,
  };
}

/** A document that is no form of the round: its text and cells as they stand, a line each. */
function rowsAsSeen(document: Document): ReadResult['rows'] {
  return document.blocks.flatMap((block) => {
    if (block.kind === 'paragraph')
      return [{ location: block.location, cells: { 文字: { value: block.text, location: block.location } } }];
    return block.cells.map(({ text, location }: Cell) => ({ location, cells: { 文字: { value: text, location } } }));
  });
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Failure('usage', `读不到文件：${path}`, `cannot read ${path}`, { cause });
  }
}
