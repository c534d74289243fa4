import { createHash } from 'node:crypto';
import { access, constants, mkdir, open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { dayName } from '../../clock.ts';
import type { Answer } from './answer.ts';
import { inTurn } from './in-turn.ts';
import { readMessageId } from './message-id.ts';
import type { Post } from './post.ts';

/**
 * Letters as files: `2018-07-18-JZGJ-2018-0007-receipt-0123456789abcdef.eml`. The Message-ID decides: the same letter
 * written again replaces its file, so that after a power cut each letter lies there once.
 */
export function folderPost(folder: string): Post {
  const turns = inTurn();
  return {
    send: (raw) => turns.add(() => write(folder, raw).then(() => written, notWritten)),
    verify: () => tryFolder(folder),
    close: () => turns.settled(3_000),
  };
}

const written: Answer = {
  next: 'sent',
  afterMinutes: null,
  doubling: false,
  atMostTries: null,
  code: '250',
  text: 'written',
  forPerson: '',
  uncertain: false,
};

const folderAdvice = '信件写不进 SMTP_URL 所指的文件夹。请检查磁盘空间和文件夹的写入权限；恢复后自动续发。';

/** Whatever the file system says (full, read-only, gone), it says of all letters: the outbox waits. */
function notWritten(error: NodeJS.ErrnoException): Answer {
  const later = { next: 'pause_outbox', afterMinutes: 1 } as const;
  return { ...written, ...later, code: error.code ?? 'EFILE', text: '', forPerson: folderAdvice };
}

async function write(folder: string, raw: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { suffix, name } = fileName(raw);
  const before = (await readdir(folder)).find((each) => each.endsWith(suffix));
  const temporary = join(folder, `.${name}.part`);
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(raw);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, join(folder, before ?? name));
}

/** The day leads for the eye; only the end, which stands for the Message-ID, tells letters apart. */
function fileName(raw: Buffer): { name: string; suffix: string } {
  const id = headerOf(raw, 'message-id');
  const day = dayName(new Date(headerOf(raw, 'date')));
  const ours = readMessageId(id);
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 16);
  const suffix = `-${hash}.eml`;
  return { suffix, name: `${[day, ours?.number, ours?.kind].filter(Boolean).join('-')}${suffix}` };
}

/** Of our own letters, whose headers stand on one line each. */
function headerOf(raw: Buffer, name: string): string {
  const head = raw.subarray(0, Math.max(raw.indexOf('\r\n\r\n'), 0)).toString('latin1');
  return head.match(new RegExp(`^${name}:\\s*(.+?)\\s*$`, 'im'))?.[1] ?? '';
}

async function tryFolder(folder: string) {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return { ok: true, seen: `信件写入文件夹 ${folder}`, advice: '' };
  } catch (error) {
    return { ok: false, seen: `${folder} ${(error as NodeJS.ErrnoException).code ?? ''}`, advice: folderAdvice };
  }
}
