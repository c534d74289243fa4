import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findStaff } from '../../src/store/desk/staff.ts';
import { type Clerk, openTestDesk, staff, type TestDesk } from '../support/console.ts';

/** The admin's table of accounts. */
let desk: TestDesk;
let admin: Clerk;
beforeAll(async () => {
  desk = await openTestDesk([]);
  admin = await desk.as('admin');
}, 60_000);
afterAll(() => desk.close());

const known = (name: string) => findStaff(desk.office.db, name);

test('a new account is added, and the page says so', async () => {
  const form = { added: '1', name: ' 李工 ', role: 'reviewer', password: '八个字的新密码呀' };
  const { location } = await admin.post('/settings/staff', form);
  expect((await admin.get(location ?? '')).text).toContain('李工的账号已保存');
  expect(await known('李工')).toMatchObject({ role: 'reviewer', isActive: true });
});

test('adding a name that is there already changes nobody’s password', async () => {
  const before = await known(staff.viewer.name);
  const form = { added: '1', name: staff.viewer.name, role: 'admin', password: '悄悄换上的密码' };
  const { status, text } = await admin.post('/settings/staff', form);
  expect([status, text.includes('已经有“王静”的账号')]).toEqual([400, true]);
  expect(await known(staff.viewer.name)).toEqual(before);
});

test('the last admin can neither step down nor be closed', async () => {
  for (const change of [{ role: 'viewer' }, { role: 'admin', active: 'no' }]) {
    const { status, text } = await admin.post('/settings/staff', { name: staff.admin.name, ...change });
    expect([status, text.includes('至少要留一位能登录的管理员')]).toEqual([400, true]);
  }
  expect(await known(staff.admin.name)).toMatchObject({ role: 'admin', isActive: true });
});
