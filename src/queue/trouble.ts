import { Failure } from '../errors.ts';

/**
 * SQLSTATE classes that no second try mends: 42 (a table or function is not there, no right to it), 3F and 3D (schema,
 * database not there), 28 (refused at the door), 0A (the server cannot do it); and Redis saying the like.
 */
const permanentSql = /^(?:42|3F|3D|28|0A)...$/;
const permanentRedis = /^(?:NOAUTH|WRONGPASS|NOPERM|WRONGTYPE|ERR unknown command)/;

/** Whether the server will answer the same for ever. Lost connections, full disks and servers still starting pass. */
export function isPermanent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return permanentSql.test(code) || permanentRedis.test(error.message);
}

/** @returns what the office reads when the queue has stopped */
export function stoppedAlarm(error: Error): Failure {
  return new Failure(
    'permanent',
    '任务队列已停止：数据库里队列用的表或权限有问题，重试没有用。邮件和记录都在，不会丢失；请重新启动受理程序，若仍如此请联系技术人员',
    `the queue stopped: ${error.message}`,
    { cause: error },
  );
}
