import pg from 'pg';
import { Failure } from '../errors.ts';

/** What can be seen of a PostgreSQL server before anything is made in it. */
export type ServerFacts = {
  /** `18.4` */
  version: string;
  /** `UTF8`; in another encoding some Chinese name cannot be written. */
  encoding: string;
  /** A standby, or a database set to read only. */
  isReadOnly: boolean;
  /** Our tables and the queue's are there, or may be made. */
  mayCreate: boolean;
};

const connectMs = 5_000;

/** @throws Failure; `forPerson` says what to do, the message what the server or the network said */
export async function serverFacts(url: string): Promise<ServerFacts> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectMs, query_timeout: connectMs });
  client.on('error', () => {}); // a connection that breaks fails the query too, and that tells
  try {
    await client.connect();
    const { rows } = await client.query<ServerFacts>(look);
    if (!rows[0]) throw new Error('no answer');
    return rows[0];
  } catch (error) {
    throw refused(error as { code?: string; message: string });
  } finally {
    void client.end().catch(() => {}); // it may never have come to be
  }
}

const look = `select current_setting('server_version') as version, current_setting('server_encoding') as encoding,
  pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as "isReadOnly",
  (to_regclass('message') is not null or coalesce(has_schema_privilege(current_schema(), 'CREATE'), false))
    and (to_regnamespace('bullmq') is not null or has_database_privilege(current_database(), 'CREATE')) as "mayCreate"`;

/** By SQLSTATE, or by Node's name of the error. */
const advice: [codes: RegExp, forPerson: string][] = [
  [/^(28P01|28000)$/, '数据库不接受用户名或密码。请核对 DATABASE_URL 里的用户和密码（密码里的特殊字符用 %XX 形式）。'],
  [/^3D000$/, '服务器上没有这个数据库。请核对 DATABASE_URL 末尾的数据库名，或请管理员新建一个（编码 UTF8）。'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, '找不到数据库服务器。请核对 DATABASE_URL 里的服务器名，以及本机能否上网。'],
  [/^53300$/, '数据库的连接数用完了。请管理员调大 max_connections，或关掉别的程序。'],
  [/^57P03$/, '数据库正在启动或停止，请过一分钟再试。'],
];
const unreachable =
  '连不上数据库服务器。请检查数据库是否在运行、DATABASE_URL 里的服务器名和端口是否正确、防火墙是否放行。';

function refused({ code = '', message }: { code?: string; message: string }): Failure {
  const forPerson = advice.find(([codes]) => codes.test(code))?.[1] ?? unreachable;
  return new Failure('temporary', forPerson, [code, message].filter(Boolean).join(' '));
}
