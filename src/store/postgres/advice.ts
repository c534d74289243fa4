import { Failure } from '../../errors.ts';

const anotherFolder = '或者在 .env 里把 DATA_DIR 设到另一个可以写入的文件夹，再重新启动。';

/** What a person can do, by the trouble as the kernel names it. */
const adviceByCode: Record<string, (folder: string) => string> = {
  ENOSPC: (folder) => `磁盘满了，数据库写不进“${folder}”。请在这块磁盘上腾出至少 500 MB 空间，再重新启动。`,
  EDQUOT: (folder) => `磁盘配额用完了，数据库写不进“${folder}”。请腾出至少 500 MB 空间，再重新启动。`,
  EROFS: (folder) => `“${folder}”所在的磁盘是只读的，数据库写不进去。请让它可以写入，${anotherFolder}`,
  EACCES: (folder) => `没有权限使用“${folder}”。请用这个文件夹的所有者来运行本程序，${anotherFolder}`,
  ENOTDIR: (folder) => `“${folder}”的路径上有一段不是文件夹。请检查 DATA_DIR 的写法。`,
};

/** The same troubles as PostgreSQL's programs word them (always English: they run with LC_ALL=C.UTF-8). */
const codeByWords: [RegExp, string][] = [
  [/No space left on device/, 'ENOSPC'],
  [/Disk quota exceeded/, 'EDQUOT'],
  [/Read-only file system/, 'EROFS'],
  [/Permission denied|could not access directory|wrong ownership/, 'EACCES'],
];

/**
 * A trouble with files, told to a person.
 *
 * @param folder the folder it is about
 */
export function asFailure(error: unknown, folder: string): Failure {
  if (error instanceof Failure) return error;
  const { code = '', message = String(error) } = (error ?? {}) as NodeJS.ErrnoException;
  const advice = adviceByCode[code === 'EPERM' ? 'EACCES' : code === 'EEXIST' ? 'ENOTDIR' : code];
  const text =
    advice?.(folder) ?? `数据库文件夹“${folder}”不能用（${code || message}）。请检查这块磁盘，${anotherFolder}`;
  return new Failure('permanent', text, message, { cause: error });
}

/**
 * What PostgreSQL's programs said when they failed, told to a person.
 *
 * @param said their error output
 * @param folder where they were to write
 * @param otherwise the advice when it is none of the known troubles
 */
export function outputFailure(said: string, folder: string, otherwise: string): Failure {
  const code = codeByWords.find(([words]) => words.test(said))?.[1] ?? '';
  return new Failure('permanent', adviceByCode[code]?.(folder) ?? otherwise, `postgres: ${said.trim().slice(-2_000)}`);
}
