import { Failure } from '../errors.ts';
import { listStaff, putStaff, type Role, type Staff } from '../store/desk/staff.ts';
import type { Books } from './books.ts';
import { hashPassword } from './password.ts';

/** `password` as typed; null leaves the one there is. */
export type StaffMember = { name: string; role: Role; password: string | null; isActive: boolean };

const mostLetters = 30;

/**
 * Adds a person of the office, or changes role, password or whether they may log in. Journalled (as a hash), so that a
 * rebuilt database knows them.
 *
 * @param by who did it
 * @throws Failure (usage) in Chinese: no name, too short a password, nobody left to manage the others
 */
export async function putStaffMember(books: Pick<Books, 'db' | 'journal'>, member: StaffMember, by: string) {
  const { db, journal } = books;
  const name = member.name.trim();
  if (name === '' || [...name].length > mostLetters || /[\p{C}]/u.test(name))
    throw new Failure('usage', `姓名要写1到${mostLetters}个字`);
  const all = await listStaff(db);
  const before = all.find((each) => each.name === name);
  if (member.password === null && !before) throw new Failure('usage', '新账号要有密码');
  const staff: Staff = {
    name,
    role: member.role,
    isActive: member.isActive,
    password: member.password === null ? (before?.password ?? '') : await hashPassword(member.password),
  };
  const others = all.filter((each) => each.name !== name);
  if (before?.role === 'admin' && before.isActive && !hasAdmin([...others, staff]))
    throw new Failure('usage', '至少要留一位能登录的管理员');
  const at = await journal.write({ event: 'staff', ...staff, by });
  await putStaff(db, staff, at);
}

const hasAdmin = (all: readonly Staff[]) => all.some(({ role, isActive }) => role === 'admin' && isActive);
