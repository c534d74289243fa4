import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { redisFacts } from '../../src/queue/redis-facts.ts';
import { startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { readDigest } from '../../src/store/digests.ts';
import { listMessages } from '../../src/store/message-list.ts';
import { hasRedis, startRedis, type TestServer } from '../queue/servers.ts';
import { freshDatabase } from '../support/database.ts';
import { at, letters, passes, persona } from '../support/life.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { until } from '../support/until.ts';

if (!hasRedis) console.log('redis-server is not installed: the journey on Redis is left out');

const stories = ['two-items-missing', 'certificates-on-paper', 'list-says-none', 'county-award', 'below-senior-worker'];
const outbox = mkdtempSync(join(tmpdir(), 'shouli-redis-letters-'));
let database: Awaited<ReturnType<typeof freshDatabase>>;
let server: Awaited<ReturnType<typeof startNeteaseServer>>;
let redis: TestServer;
let office: TestOffice;

beforeAll(async () => {
  database = await freshDatabase();
  server = await startNeteaseServer();
});
afterAll(async () => {
  await server.close();
  await database.close();
  rmSync(outbox, { recursive: true });
});

const recorded = async () => (await listMessages(office.db)).filter(({ fate }) => fate === 'recorded').length;

(hasRedis ? test : test.skip)(
  'poll, intake, letter and digest on Redis, which is emptied and killed under way',
  async () => {
    redis = await startRedis({ databaseUrl: database.url });
    expect(await redisFacts(redis.redisUrl ?? '')).toMatchObject({ hasAof: true, policy: 'noeviction' });
    const doors = { IMAP_URL: server.url, SMTP_URL: `file:${outbox}`, DATABASE_URL: database.url };
    const given = { ...doors, REDIS_URL: redis.redisUrl ?? '', LETTERS: 'auto', QUIET_MINUTES: '0' };
    office = await openTestOffice({ ...given, DIGEST_TO: 'office@example.com' }, at('17 15:00').toISOString());
    for (const story of stories) server.deliver({ raw: persona(story), receivedAt: at('17 14:00') });
    office.watch();
    await until(async () => (await recorded()) >= 1);
    await redis.wipe();
    expect(await until(async () => (await recorded()) >= 3)).toBeLessThan(10_000);
    await redis.kill();
    await redis.revive();
    expect(await until(async () => (await recorded()) === stories.length)).toBeLessThan(10_000);
    await passes(office, '18 08:30');
    expect(await letters(office)).toHaveLength(stories.length);
    expect(await readDigest(office.db, '2018-07-18')).toMatchObject({ date: '2018-07-18', system: { ok: true } });
    await until(() => readdirSync(outbox).length === stories.length + 1); // and the digest
    await office.close();
    await redis.close();
  },
);
