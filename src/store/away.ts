/**
 * SQLSTATE classes that say nothing of what was asked: 08 and 57 (the connection; the server stops or starts), then 53,
 * 58, 40 and 55 (its disk is full, its files fail, two transactions met).
 */
const gone = /^(?:08|57)...$/;
const passing = /^(?:08|57|53|58|40|55)...$/;

/** Of a socket, by Node's names; of `pg`, which has only words. */
const broken = /^(?:ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
const words = /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to)/;

/** Whether the database did not answer at all: it is worth asking again in a second. */
export function isAway(error: unknown): boolean {
  const { code, message } = told(error);
  return gone.test(code) || broken.test(code) || words.test(message);
}

/** Whether the database, and not what it was asked, is the trouble: no mail and no letter may suffer for it. */
export const isPassing = (error: unknown): boolean => isAway(error) || passing.test(told(error).code);

function told(error: unknown): { code: string; message: string } {
  const { code = '', message = '' } = Object(error) as { code?: unknown; message?: unknown };
  return { code: String(code), message: String(message) };
}
