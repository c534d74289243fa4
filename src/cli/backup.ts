import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '../errors.ts';
import { type Backup, backUp } from '../office/backup.ts';
import { booksInUse } from '../office/books.ts';
import { readSettings } from '../settings.ts';
import { readWords } from './arguments.ts';

/** `shouli backup DIR`: raw mails and journal, from which `rebuild` makes everything else. Needs no database. */
export async function backupCommand(given: string[]): Promise<number> {
  const [folder] = readWords(given, {}, 1).flatMap((word) => (word.kind === 'file' ? [resolve(word.file)] : []));
  if (!folder) throw new Failure('usage', '请写出备份到哪个文件夹，如：npx shouli backup /media/usb/受理备份');
  const { settings, rehearsal } = booksInUse(readSettings());
  if (!existsSync(settings.dataDir))
    throw new Failure('permanent', `没有数据目录 ${settings.dataDir}，还没有可以备份的`);
  const backup = await backUp(settings.dataDir, folder);
  console.log(`${rehearsal ? '（演练数据）' : ''}${said(backup, folder)}`);
  return backup.damaged.length === 0 ? 0 : 1;
}

function said({ mails, copied, copiedBytes, entries, damaged }: Backup, folder: string): string {
  const megabytes = (copiedBytes / 1024 / 1024).toFixed(1);
  return [
    `已备份到 ${folder}`,
    `  邮件原文 ${mails} 封，其中本次新增 ${copied} 封（${megabytes} MB）；记录簿 ${entries} 条`,
    ...damaged.map((sha256) => `  读不到或已损坏，没有备份：raw/${sha256.slice(0, 2)}/${sha256}.eml`),
    '恢复的办法：把其中的 raw 和 journal 两个文件夹复制到空的数据目录（DATA_DIR）里，再运行 npx shouli rebuild --yes',
    '设置（.env）和规则（config 文件夹）不在备份里，请另外保存。备份里有申报人的个人信息，请妥善保管。',
  ].join('\n');
}
