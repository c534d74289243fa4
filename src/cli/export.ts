import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../errors.ts';
import { officeFacts } from '../office/facts.ts';
import { dossierText } from '../reports/dossier.ts';
import { writeLedgerWorkbook } from '../reports/ledger-workbook.ts';
import { readWords } from './arguments.ts';
import { dossierOf } from './show.ts';
import { withBooks } from './with-books.ts';

/** `shouli export DIR`: the ledger as a workbook, and a page a nominee. */
export async function exportCommand(given: string[]): Promise<number> {
  const folder = readWords(given, {}, 1).flatMap((word) => (word.kind === 'file' ? [word.file] : []))[0];
  if (!folder) throw new Failure('usage', '请写出导出到哪个文件夹，如：npx shouli export 导出');
  return withBooks(async (books) => {
    const facts = await officeFacts(books);
    mkdirSync(join(folder, '申报件'), { recursive: true });
    await writeLedgerWorkbook(facts, join(folder, '收件台账.xlsx'));
    for (const { number, nominee } of facts.applications) {
      const page = dossierText(await dossierOf(books, number), books.notice);
      writeFileSync(join(folder, '申报件', fileName(number, nominee)), page);
    }
    console.log(`已导出：${join(folder, '收件台账.xlsx')}，申报件 ${facts.applications.length} 份。`);
    return 0;
  });
}

/** No stranger's name decides where a file is written. */
const fileName = (number: string, nominee: string | null) =>
  `${[number, (nominee ?? '').replace(/[^\p{L}\p{N}·]+/gu, '').slice(0, 30)].filter(Boolean).join(' ')}.txt`;
