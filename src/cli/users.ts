import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { didYouMean } from '../config/problem.ts';
import { Failure } from '../errors.ts';
import { putStaffMember } from '../office/staff.ts';
import { findStaff, listStaff, type Role } from '../store/desk/staff.ts';
import { hasFlag, readWords } from './arguments.ts';
import { whoIsHere } from './person.ts';
import { print, withBooks } from './with-books.ts';

const roleWords: Record<Role, string> = { viewer: '查看', reviewer: '审核', admin: '管理员' };
const roleOf = (word: string) =>
  (Object.entries(roleWords) as [Role, string][]).find(([role, name]) => role === word || name === word)?.[0];

/**
 * `shouli users [add NAME [--role 查看|审核|管理员] | close NAME]`: who may use the review desk. `add` on somebody known
 * changes role and password. The password is asked for, or read from standing input: never a word of the command line,
 * where everybody on the machine could read it.
 */
export async function usersCommand(given: string[]): Promise<number> {
  const words = readWords(given, { role: 'value', json: 'flag' }, 2);
  const [verb, name] = words.flatMap((word) => (word.kind === 'file' ? [word.file] : []));
  const roleWord = words.flatMap((word) => (word.kind === 'option' && word.value ? [word.value] : []))[0];
  if (verb === undefined) return list(hasFlag(words, 'json'));
  if (verb === 'close' && name) return closeAccount(name);
  if (verb !== 'add' || !name) throw new Failure('usage', usage(verb));
  const role = roleWord === undefined ? undefined : roleOf(roleWord);
  if (roleWord !== undefined && !role) throw new Failure('usage', `权限应为 查看、审核 或 管理员，不认识“${roleWord}”`);
  return add(name, role);
}

function usage(verb: string): string {
  const meant = didYouMean(verb, ['add', 'close']);
  return `请写成：npx shouli users add 姓名 --role 审核（或 close 姓名）${meant && meant !== verb ? `，是不是想写 ${meant}？` : ''}`;
}

const list = (isJson: boolean) =>
  withBooks(async ({ db }) => {
    const all = (await listStaff(db)).map(({ name, role, isActive }) => ({ name, role, isActive }));
    const line = ({ name, role, isActive }: (typeof all)[number]) =>
      `${name}　${roleWords[role]}${isActive ? '' : '（已停用）'}`;
    return print(isJson, all, () =>
      all.length > 0
        ? all.map(line).join('\n')
        : '还没有账号。请添加第一位管理员：npx shouli users add 姓名 --role 管理员',
    );
  });

const add = (name: string, role: Role | undefined) =>
  withBooks(async (books) => {
    const before = await findStaff(books.db, name);
    const isFirst = (await listStaff(books.db)).length === 0;
    const given = role ?? before?.role ?? (isFirst ? 'admin' : 'reviewer');
    const password = await askPassword();
    await putStaffMember(books, { name, role: given, password, isActive: true }, whoIsHere());
    console.log(`${name}：${roleWords[given]}，${before ? '已改' : '已添加'}。`);
    return 0;
  });

const closeAccount = (name: string) =>
  withBooks(async (books) => {
    const before = await findStaff(books.db, name);
    if (!before) throw new Failure('permanent', `没有叫“${name}”的账号`);
    const { role } = before;
    await putStaffMember(books, { name, role, password: null, isActive: false }, whoIsHere());
    console.log(`${name}：已停用，不能再登录。`);
    return 0;
  });

/** Typed without being seen where there is a terminal; else the first line of standard input. */
async function askPassword(): Promise<string> {
  const isTerminal = process.stdin.isTTY === true;
  if (isTerminal) process.stderr.write('密码（至少8个字，输入时不显示）：');
  const lines = createInterface({
    input: process.stdin,
    terminal: isTerminal,
    ...(isTerminal && { output: silence() }),
  });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (isTerminal) process.stderr.write('\n');
  }
}

/** Somewhere for the terminal's echo to go. */
const silence = () => new Writable({ write: (_chunk, _encoding, done) => done() });
