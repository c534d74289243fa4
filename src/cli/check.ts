import { parseInstant } from '../clock.ts';
import { withLibreOffice } from '../documents/libreoffice/with-libreoffice.ts';
import { openReader } from '../documents/reader.ts';
import { Failure } from '../errors.ts';
import { silentLog } from '../log.ts';
import { readAddresses } from '../message/addresses.ts';
import { loadNotice } from '../notice/load.ts';
import { readSettings } from '../settings.ts';
import { hasFlag, readWords, type Word } from './arguments.ts';
import { checkJson } from './check-json.ts';
import { checkText } from './check-text.ts';
import { lookAt, type MailFile } from './look.ts';

/** `shouli check FILE.eml… [--received-at T] [--json]`: what these mails make together and what would be answered. */
export async function checkCommand(given: string[]): Promise<number> {
  const words = readWords(given, { 'received-at': 'value', json: 'flag' }, Number.POSITIVE_INFINITY);
  const { configDir, notice: code, mailFrom } = readSettings();
  const notice = loadNotice(configDir, code);
  const files = mailFiles(words);
  const reader = withLibreOffice(openReader(), { log: silentLog, folder: null });
  try {
    const looked = await lookAt(files, {
      notice,
      ownAddresses: [notice.mailbox, ...readAddresses(mailFrom).map(({ address }) => address)],
      read: reader.read,
    });
    console.log(hasFlag(words, 'json') ? JSON.stringify(checkJson(looked), null, 2) : checkText(looked, notice));
    return 0;
  } finally {
    await reader.close();
  }
}

/** @throws Failure (usage) for no file, or a time that is none */
function mailFiles(words: readonly Word[]): MailFile[] {
  const files: MailFile[] = [];
  let said: Date | null = null;
  for (const word of words) {
    if (word.kind === 'file') files.push({ file: word.file, said });
    else if (word.name === 'received-at') said = parseInstant(word.value ?? '');
  }
  if (files.length === 0) throw new Failure('usage', '请写出要看的邮件文件，如：npx shouli check 邮件.eml');
  return files;
}
