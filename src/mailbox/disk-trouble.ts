import { Failure } from '../errors.ts';

const meanings: Record<string, string> = {
  ENOSPC: '磁盘已满，邮件暂时存不下来。请清理磁盘空间；邮件仍在邮箱里，腾出空间后会自动继续接收。',
  EDQUOT: '磁盘配额已用完，邮件暂时存不下来。请清理磁盘空间或联系管理员；邮件仍在邮箱里，之后会自动继续接收。',
  EROFS: '数据文件夹所在的磁盘是只读的，邮件暂时存不下来。请联系管理员。',
  EACCES: '没有写入数据文件夹的权限，邮件暂时存不下来。请联系管理员。',
  EPERM: '没有写入数据文件夹的权限，邮件暂时存不下来。请联系管理员。',
  EIO: '磁盘读写出错，硬盘可能有故障，邮件暂时存不下来。请尽快联系管理员。',
};

/** Any error of the disk as a temporary Failure: the mail still lies on the server and is fetched again. */
export function diskTrouble(error: unknown): Failure {
  const { code = '' } = Object(error) as { code?: string };
  const forPerson = meanings[code] ?? `邮件存盘时出错（${code || '原因不明'}）。邮件仍在邮箱里，稍后会自动再试。`;
  return new Failure('temporary', forPerson, `raw store: ${String(error)}`, { cause: error });
}
