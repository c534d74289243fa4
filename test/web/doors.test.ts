import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Role, roles } from '../../src/store/desk/staff.ts';
import { routes } from '../../src/web/routes.ts';
import { ask, type Clerk, openTestDesk, send, type TestDesk } from '../support/console.ts';

/** Every door of the console, with everybody who might stand before it. */
let desk: TestDesk;
const clerks = new Map<Role, Clerk>();

beforeAll(async () => {
  desk = await openTestDesk([
    ['10 09:00', 'complete-in-one-mail'],
    ['10 10:00', 'two-items-missing'],
  ]);
  for (const role of roles) clerks.set(role, await desk.as(role));
}, 60_000);
afterAll(() => desk.close());

const addresses: Record<string, string> = { ':number': 'JZGJ-2018-0001', ':id': '1' };
const addressOf = (path: string) => path.replace(/:\w+/g, (name) => addresses[name] ?? '');
const doors = routes.map(({ method, path, role }) => [method, path, role] as const);

test('there are doors, and each is named once', () => {
  expect(doors.length).toBeGreaterThan(30);
  const names = doors.map(([method, path]) => `${method} ${path}`);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(doors)('%s %s', (method, path, least) => {
  test('a stranger is sent to the login, and nothing is done', async () => {
    if (method === 'GET') {
      const { status, location } = await ask(desk.desk.url, '', addressOf(path));
      expect([status, location?.startsWith('/login')]).toEqual([303, true]);
    } else {
      const { status, text } = await send(desk.desk.url, '', addressOf(path), {});
      expect([status, text.includes('登录')]).toEqual([401, true]);
    }
  });

  test('a role below it is refused, it and those above may pass', async () => {
    for (const role of roles) {
      const clerk = clerks.get(role) as Clerk;
      const answer = method === 'GET' ? await clerk.get(addressOf(path)) : await clerk.post(addressOf(path));
      const mayPass = roles.indexOf(role) >= roles.indexOf(least);
      expect({ role, isRefused: answer.status === 403 }).toEqual({ role, isRefused: !mayPass });
      expect(answer.status).not.toBe(500);
    }
  });

  if (method === 'POST')
    test('a form without our token is refused, whoever sends it', async () => {
      const { cookie } = clerks.get('admin') as Clerk;
      for (const csrf of ['', 'guessed', clerks.get('viewer')?.cookie ?? '']) {
        const answer = await send(desk.desk.url, cookie, addressOf(path), { csrf });
        expect([answer.status, answer.text.includes('过期')]).toEqual([403, true]);
      }
    });
});

test('every answer forbids what is not ours: scripts in pages, frames, guesses at types', async () => {
  const clerk = clerks.get('admin') as Clerk;
  for (const path of ['/', '/applications', '/login', '/nothing-here', '/assets/desk.js']) {
    const { headers } = await clerk.get(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|http:|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('no page has a script, a style or a handler inside it', async () => {
  const clerk = clerks.get('admin') as Clerk;
  for (const [method, path] of doors.filter(([each, path]) => each === 'GET' && !path.startsWith('/evidence/'))) {
    const { text } = await clerk.get(addressOf(path));
    expect(text).not.toMatch(
      /<script(?! src="\/assets\/desk\.js" defer><\/script>)|<style|\sstyle=|\son\w+=|javascript:/i,
    );
    expect(`${method} ${text.match(/(?:src|href)="(?!\/|#|\?)[^"]*"/)?.[0]}`).toBe('GET undefined');
  }
});
