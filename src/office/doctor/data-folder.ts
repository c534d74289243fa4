import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { freeBytes, lowBytes } from '../disk.ts';
import { fine, type Scene, type Seen, wrong } from './scene.ts';

const elsewhere = '或在 .env 里把 DATA_DIR 设到另一个可以写入的文件夹（原来的数据要一起搬过去）。';

/** What to do, by the kernel's name of the trouble. */
const advice: Record<string, string> = {
  ENOSPC: '磁盘满了。请清理这块磁盘，至少腾出 500 MB；邮件还在邮箱里，腾出空间后会自动接着收。',
  EDQUOT: '磁盘配额用完了。请清理文件或请管理员加大配额；邮件还在邮箱里，之后会自动接着收。',
  EROFS: `这块磁盘是只读的。请管理员改为可写，${elsewhere}`,
  EACCES: `没有写入的权限。请用这个文件夹的所有者来运行（是不是以前用 root 运行过？），${elsewhere}`,
  ENOTDIR: 'DATA_DIR 的路径上有一段是文件，不是文件夹。请检查 DATA_DIR 的写法。',
  EIO: '磁盘读写出错，硬盘可能有故障。请尽快备份，并联系管理员。',
};
const otherwise = '数据文件夹不能用。请检查这块磁盘，并把这一行转给管理员。';

/** More than an empty file: a full disk still takes names. */
const probeBytes = 64 * 1024;
const gigabyte = 1024 ** 3;

/** Whether mails can be kept: the folder is there or can be made, takes bytes, has room, and is closed to others. */
export async function testDataFolder({ settings: { dataDir } }: Scene): Promise<Seen> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await writeAndRemove(join(dataDir, `${randomUUID()}.part`));
    for (const name of kept) await mayUse(join(dataDir, name));
  } catch (error) {
    const code = codeOf(error);
    return wrong(`${dataDir} 写不进去（${code}）`, advice[code] ?? otherwise);
  }
  const free = await freeBytes(dataDir);
  if (free < lowBytes) return wrong(`${dataDir} 可用空间只有 ${Math.round(free / 1024 ** 2)} MB`, advice.ENOSPC ?? '');
  const open = await openToOthers(dataDir);
  return open.length > 0
    ? wrong(`${open.join('、')} 别的用户也能看`, `里面有申报人的个人信息。请运行：chmod -R go= ${open.join(' ')}`)
    : fine(`${dataDir} 可以写入，可用 ${(free / gigabyte).toFixed(1)} GB`);
}

/** Folders of ours that hold people's data. */
const kept = ['raw', 'journal'];

async function writeAndRemove(path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(Buffer.alloc(probeBytes, 1));
    await file.sync();
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

/** A folder made by another user (root, once) refuses us although the one above does not. */
async function mayUse(folder: string): Promise<void> {
  await access(folder, constants.R_OK | constants.W_OK | constants.X_OK).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error; // not made yet
  });
}

async function openToOthers(dataDir: string): Promise<string[]> {
  const found: string[] = [];
  for (const folder of kept.map((name) => join(dataDir, name))) {
    const facts = await stat(folder).catch(() => null); // not made yet
    if (facts && (facts.mode & 0o044) !== 0) found.push(folder);
  }
  return found;
}

/** `EPERM` and `EEXIST` are other names for what `EACCES` and `ENOTDIR` say. */
function codeOf(error: unknown): string {
  const code = String((error as NodeJS.ErrnoException).code);
  return { EPERM: 'EACCES', EEXIST: 'ENOTDIR' }[code] ?? code;
}
