import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { putStaffMember } from '../../src/office/staff.ts';
import { openThrottle } from '../../src/web/access/throttle.ts';
import { ask, openTestDesk, send, staff, type TestDesk } from '../support/console.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk([]);
}, 60_000);
afterAll(() => desk.close());

test('the cookie is for this site and no script, and its copy in the database lets nobody in', async () => {
  const { name, password } = staff.reviewer;
  const { headers, status, location } = await send(desk.desk.url, '', '/login', { name, password, wanted: '/letters' });
  expect([status, location]).toEqual([303, '/letters']);
  expect(headers.get('set-cookie')).toMatch(/^shouli=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  const [session] = await desk.office.db.selectFrom('session').select('key').execute();
  expect((await ask(desk.desk.url, `shouli=${session?.key}`, '/')).status).toBe(303);
});

test.each(['//evil.invalid', 'https://evil.invalid', '/\\evil.invalid', 'javascript:alert(1)', '/ok\r\nx: y'])(
  'after the login nobody is led to %j',
  async (wanted) => {
    const { name, password } = staff.viewer;
    const { location } = await send(desk.desk.url, '', '/login', { name, password, wanted });
    expect(location).toBe('/');
  },
);

test('a login form on another site opens nothing here', async () => {
  const { name, password } = staff.viewer;
  const answer = await fetch(`${desk.desk.url}/login`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams({ name, password }),
    redirect: 'manual',
  });
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null]);
});

test('an unknown name and a wrong password are answered with the same words', async () => {
  const wrong = await send(desk.desk.url, '', '/login', { name: staff.admin.name, password: '猜的密码' });
  const unknown = await send(desk.desk.url, '', '/login', { name: '没有这个人', password: '猜的密码' });
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  for (const { text } of [wrong, unknown]) expect(text).toContain('姓名或密码不对');
});

test('an account that is closed, and one whose password changed, is logged out at once', async () => {
  const member = { name: '临时工', password: '临时的密码一二三四', role: 'reviewer' as const, isActive: true };
  await putStaffMember(desk.office, member, '测试');
  const cookieAfter = async (password: string) =>
    (await send(desk.desk.url, '', '/login', { name: member.name, password })).headers
      .get('set-cookie')
      ?.split(';')[0] ?? '';
  const first = await cookieAfter(member.password);
  expect((await ask(desk.desk.url, first, '/')).status).toBe(200);
  await putStaffMember(desk.office, { ...member, password: '换了的密码一二三' }, '测试');
  expect((await ask(desk.desk.url, first, '/')).status).toBe(303);
  const second = await cookieAfter('换了的密码一二三');
  expect((await ask(desk.desk.url, second, '/')).status).toBe(200);
  await putStaffMember(desk.office, { ...member, password: null, isActive: false }, '测试');
  expect((await ask(desk.desk.url, second, '/')).status).toBe(303);
  expect(await cookieAfter('换了的密码一二三')).toBe('');
});

test('the last admin can neither be closed nor made less', async () => {
  const { name } = staff.admin;
  for (const change of [{ isActive: false }, { role: 'viewer' as const }])
    await expect(
      putStaffMember(desk.office, { name, password: null, role: 'admin', isActive: true, ...change }, '测试'),
    ).rejects.toThrow('至少要留一位能登录的管理员');
});

test('the fifth wrong password makes the name wait a quarter of an hour, not a minute less', () => {
  let now = 0;
  const throttle = openThrottle(() => now);
  for (let tried = 0; tried < 5; tried += 1) {
    expect(throttle.minutesToWait('赵敏', '10.0.0.1')).toBe(0);
    throttle.failed('赵敏', '10.0.0.1');
  }
  expect(throttle.minutesToWait('赵敏', '10.0.0.2')).toBe(15);
  expect(throttle.minutesToWait('王静', '10.0.0.1')).toBe(0);
  now = 15 * 60_000 - 1;
  expect(throttle.minutesToWait('赵敏', '10.0.0.1')).toBe(1);
  now = 15 * 60_000;
  expect(throttle.minutesToWait('赵敏', '10.0.0.1')).toBe(0);
});
