import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sweepDue } from '../../src/office/due.ts';
import { putStaffMember } from '../../src/office/staff.ts';
import { startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import type { Role } from '../../src/store/desk/staff.ts';
import { type Console, openConsole } from '../../src/web/console.ts';
import { at, persona } from './life.ts';
import { openTestOffice, type TestOffice } from './office.ts';

export const staff: Record<Role, { name: string; password: string }> = {
  viewer: { name: '王静', password: '只看不动的密码一' },
  reviewer: { name: '赵敏', password: '审核用的密码一二' },
  admin: { name: '孙科长', password: '管理员用的密码一' },
};

export type Asked = { status: number; text: string; headers: Headers; location: string | null };

/** An office at work with its review desk open in front of it. */
export type TestDesk = {
  office: TestOffice;
  desk: Console;
  server: Awaited<ReturnType<typeof startNeteaseServer>>;
  /** Logs in over HTTP as a browser does. */
  as: (role: Role) => Promise<Clerk>;
  close: () => Promise<void>;
};

/** Somebody at the desk without a browser: forms are sent with the token that the page gave. */
export type Clerk = {
  cookie: string;
  get: (path: string) => Promise<Asked>;
  /** Sends a form; the token is taken from `from`, a page that this person can see. */
  post: (path: string, form?: Record<string, string>, from?: string) => Promise<Asked>;
};

/** @param stories personas whose mails have arrived, each at its moment */
export async function openTestDesk(
  stories: [said: string, story: string, number?: number][],
  given: NodeJS.Dict<string> = {},
): Promise<TestDesk> {
  const server = await startNeteaseServer();
  const outbox = mkdtempSync(join(tmpdir(), 'shouli-outbox-'));
  const settings = { IMAP_URL: server.url, SMTP_URL: `file:${outbox}`, CONSOLE_PORT: '0', LETTERS: 'auto', ...given };
  const office = await openTestOffice(settings, '2018-07-09T08:00:00+08:00');
  for (const [said, story, number] of stories) {
    office.clock.jumpTo(at(said));
    server.deliver({ raw: persona(story, number), receivedAt: at(said), folder: 'INBOX' });
  }
  await office.work();
  for (const [role, { name, password }] of Object.entries(staff))
    await putStaffMember(office, { name, password, role: role as Role, isActive: true }, '测试');
  const desk = await openConsole(office, () => void sweepDue(office));
  return {
    office,
    desk,
    server,
    as: (role) => logIn(desk.url, staff[role]),
    close: async () => {
      await desk.close();
      await office.close();
      await server.close();
      rmSync(outbox, { recursive: true, force: true });
    },
  };
}

async function logIn(url: string, { name, password }: { name: string; password: string }): Promise<Clerk> {
  const answer = await send(url, '', '/login', { name, password });
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const get = (path: string) => ask(url, cookie, path);
  return {
    cookie,
    get,
    post: async (path, form = {}, from = '/') => {
      const csrf = /name="csrf" value="([^"]+)"/.exec((await get(from)).text)?.[1] ?? '';
      return send(url, cookie, path, { csrf, ...form });
    },
  };
}

export async function ask(url: string, cookie: string, path: string): Promise<Asked> {
  return told(await fetch(`${url}${path}`, { headers: { cookie }, redirect: 'manual' }));
}

export async function send(url: string, cookie: string, path: string, form: Record<string, string>): Promise<Asked> {
  const body = new URLSearchParams(form);
  return told(await fetch(`${url}${path}`, { method: 'POST', headers: { cookie }, body, redirect: 'manual' }));
}

async function told(answer: Response): Promise<Asked> {
  const { status, headers } = answer;
  return { status, headers, text: await answer.text(), location: headers.get('location') };
}
