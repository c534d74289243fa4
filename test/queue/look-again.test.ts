import { expect, test } from '@jest/globals';
import { createPostgresBackend, type PgPool } from 'bullmq';
import pg from 'pg';
import { lookAgain } from '../../src/queue/look-again.ts';
import { openPostgres } from '../../src/queue/postgres.ts';
import { freshDatabase } from '../support/database.ts';

test('a server too busy for the first connection is looked at again: the same backend works after it', async () => {
  const database = await freshDatabase();
  const ground = await openPostgres(database.url, () => {}); // makes the tables
  const pool = new pg.Pool({ connectionString: database.url, options: '-c search_path=bullmq' });
  let isBusy = true;
  const connect = pool.connect.bind(pool);
  const busy = new Proxy(pool, {
    get: (target, key) =>
      key === 'connect'
        ? () => (isBusy ? Promise.reject(new Error('timeout exceeded when trying to connect')) : connect())
        : Reflect.get(target, key, target),
  });
  const backend = lookAgain(createPostgresBackend('intake', { connection: busy as unknown as PgPool }));
  await expect(backend.waitUntilReady()).rejects.toThrow('timeout exceeded');
  isBusy = false;
  await expect(backend.waitUntilReady()).resolves.toBeUndefined();
  await backend.close();
  await pool.end();
  await ground.close();
  await database.close();
});
