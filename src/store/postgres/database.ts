import pg from 'pg';

const name = 'shouli';

/**
 * The database's address, once it answers there. Made when absent: it takes UTF-8 and pinyin order from the cluster.
 *
 * @throws what `pg` throws
 */
export async function openDatabase(port: number, role: string, secret: string): Promise<string> {
  const url = (database: string) => `postgres://${role}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${database}`;
  try {
    await ask(url(name), 'select 1');
  } catch (error) {
    if ((error as { code?: string }).code !== '3D000') throw error; // invalid_catalog_name: not there yet
    await ask(url('postgres'), `create database ${name}`);
  }
  return url(name);
}

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 30_000 });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
