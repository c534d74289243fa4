import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { freshDatabase } from '../support/database.ts';
import { at, persona } from '../support/life.ts';

/** The office through its command alone, compiled, as a person or a script meets it (`npm test` builds it first). */
const bin = resolve('bin/shouli.mjs');
const folder = mkdtempSync(join(tmpdir(), '受理 办公室-'));
const outbox = join(folder, 'outbox');
let server: NeteaseServer;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let settings: NodeJS.Dict<string> = {};

beforeAll(async () => {
  [server, database] = await Promise.all([startNeteaseServer(), freshDatabase()]);
  settings = {
    IMAP_URL: server.url,
    SMTP_URL: `file:${outbox}`,
    DATABASE_URL: database.url,
    DATA_DIR: join(folder, 'data'),
    NOW: '2018-07-13T09:00:00',
    LETTERS: 'auto',
    DIGEST_TO: 'head@office.example',
  };
});
afterAll(async () => {
  await Promise.all([server.close(), database.close()]);
  rmSync(folder, { recursive: true });
});

type Ran = { code: number | null; stdout: string; stderr: string };

function begin(words: string[], given: NodeJS.Dict<string> = {}): { child: ChildProcess; ran: Promise<Ran> } {
  const env = { PATH: process.env.PATH, ...settings, ...given };
  const child = spawn(process.execPath, [bin, ...words], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) child[stream]?.on('data', (bytes) => (said[stream] += bytes));
  return { child, ran: once(child, 'close').then(([code]) => ({ code, ...said })) };
}
const shouli = (words: string[], given: NodeJS.Dict<string> = {}) => begin(words, given).ran;
const json = async (...words: string[]) => {
  const { code, stdout, stderr } = await shouli([...words, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
};
const letterFiles = () => (existsSync(outbox) ? readdirSync(outbox).sort() : []);

describe('start --once', () => {
  test('works until nothing is due, says what waits until when, and ends', async () => {
    const arrived: [story: string, said: string][] = [
      ['two-items-missing', '11 17:26'],
      ['complete-in-one-mail', '12 10:21'],
      ['advertisement', '12 11:00'],
      ['question-without-attachment', '12 12:00'],
      ['wrong-check-digits', '13 08:50'],
    ];
    for (const [story, said] of arrived) server.deliver({ raw: persona(story), receivedAt: at(said) });
    const { code, stdout, stderr } = await shouli(['start', '--once']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('邮件：已登记 3，暂存 2，失败 0，待处理 0，本批以前 0');
    expect(stdout).toContain('申报件：3 件，其中齐全 1 件');
    expect(stdout).toContain('待发 1 封，最早 2018-07-13 09:10 到期');
    expect(letterFiles()).toHaveLength(2);
  });

  test('letters carry what keeps machines quiet and threads together', () => {
    const [letter = ''] = letterFiles().filter((name) => name.includes('receipt'));
    const raw = readFileSync(join(outbox, letter), 'latin1');
    const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n\s+/g, ' ');
    const answered = /^Message-ID: *(<.*>)/im.exec(persona('complete-in-one-mail').toString('latin1'))?.[1];
    const [number] = /JZGJ-2018-\d{4}/.exec(letter) ?? [];
    expect(head).toMatch(/^Auto-Submitted: auto-replied$/m);
    expect(head).toMatch(/^X-Shouli-Letter: receipt$/m);
    expect(head).toContain(`In-Reply-To: ${answered}`);
    expect(head).toMatch(/^References: .*<.*>$/m);
    expect(decoded(/^Subject: (.*)$/m.exec(head)?.[1] ?? '')).toContain(`[${number}]`);
  });

  test('a second time sends nothing', async () => {
    const before = letterFiles();
    expect((await shouli(['start', '--once'])).code).toBe(0);
    expect(letterFiles()).toEqual(before);
  });

  test('20 minutes later the third letter leaves', async () => {
    expect((await shouli(['start', '--once'], { NOW: '2018-07-13T09:10:01' })).code).toBe(0);
    expect(letterFiles()).toHaveLength(3);
  });

  test('a mailbox that cannot be read: exit code 1, and what was there before is still to be seen', async () => {
    server.script.refuseLogin = true;
    for (const _ of ['the first start', 'the next, when the alarm is none of the books’ news']) {
      const { code, stdout, stderr } = await shouli(['start', '--once']);
      expect({ code, stdout }).toEqual({
        code: 1,
        stdout: expect.stringMatching(/警报 {2}邮箱服务器不接受帐号或授权码/),
      });
      expect(stderr).toContain('这一次没有读到邮箱');
    }
    server.script.refuseLogin = false;
    expect((await json('queue')).map(({ kind }: { kind: string }) => kind)).toContain('mailbox');
  });
});

/** Subject words in UTF-8 base64 or quoted-printable. */
function decoded(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, coding: string, words: string) =>
      coding.toLowerCase() === 'b'
        ? Buffer.from(words, 'base64').toString()
        : Buffer.from(
            words
              .replaceAll('_', ' ')
              .replace(/=([0-9A-F]{2})/gi, (__, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          ).toString(),
    );
}

/** As the public face says it; keys that came later are passed over. */
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
const number = z.string().regex(/^JZGJ-2018-\d{4}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const state = z.enum([
  ...(['present', 'missing', 'declared_none', 'on_paper', 'blank_form', 'needs_fix'] as const),
  ...(['unreadable', 'behind_link', 'unsure'] as const),
]);
const finding = z.object({
  code: z.string(),
  severity: z.enum(['blocking', 'advisory', 'note']),
  requirement: z.string().nullable(),
  evidence: z.object({ file: z.string().nullable(), location: z.string().nullable(), seen: z.string().nullable() }),
  forUnion: z.string().nullable(),
  forStaff: z.string(),
  clause: z.string(),
});
const application = z.object({
  number,
  status: z.enum(['incomplete', 'complete', 'accepted', 'returned', 'declined']),
  union: z.string().nullable(),
  unionKnown: z.boolean(),
  nominee: z.string().nullable(),
  timeliness: z.enum(['on_time', 'boundary', 'late']),
  firstReceivedAt: instant,
  requirements: z.record(
    z.string(),
    z.object({
      state,
      files: z.array(z.string()),
      rows: z.number().optional(),
      certificates: z.number().optional(),
    }),
  ),
  complete: z.boolean(),
  findings: z.array(finding),
});
const message = z.object({
  id: z.int(),
  folder: z.string(),
  uid: z.int(),
  receivedAt: instant,
  receivedFrom: z.string(),
  sha256: sha256.nullable(),
  messageId: z.string().nullable(),
  from: z.string(),
  subject: z.string(),
  fate: z.enum(['recorded', 'set_aside', 'failed', 'pending', 'before_round']),
  reason: z.string().nullable(),
  sightings: z.int(),
  applications: z.array(number),
});
const letter = z.object({
  id: z.int(),
  kind: z.enum(['receipt', 'correction_request', 'late_notice', 'reminder', 'digest']),
  to: z.string(),
  number: number.nullable(),
  subject: z.string(),
  text: z.string(),
  state: z.enum(['due', 'held', 'sending', 'sent', 'failed', 'bounced']),
  reason: z.string().nullable(),
  messageId: z.string(),
  sentAt: instant.nullable(),
});
const job = z.object({
  id: z.string(),
  kind: z.string(),
  row: z.int(),
  stage: z.string(),
  attempts: z.int(),
  reason: z.string(),
  failedAt: instant,
});
const digest = z.object({
  date: z.string(),
  duties: z.array(z.object({})),
  totals: z.object({}),
  units: z.array(z.object({})),
  today: z.array(z.object({})),
  letters: z.object({}),
  setAside: z.array(z.object({})),
  system: z.object({}),
  balance: z.object({
    server: z.int().nullable(),
    ledger: z.int(),
    byFate: z.record(z.string(), z.int()),
    ok: z.boolean(),
  }),
});

describe('what scripts read', () => {
  const lists = [
    ['applications', z.array(application).length(3), []],
    ['messages', z.array(message).length(5), []],
    ['letters', z.array(letter).length(3), []],
    ['jobs', z.array(job).length(0), ['--failed']],
    ['queue', z.array(z.object({ text: z.string(), command: z.string() })).min(1), []],
    ['digest', digest, ['--date', '2018-07-13']],
  ] as const;
  let printed: Record<string, unknown> = {};
  beforeAll(async () => {
    const all = await Promise.all(lists.map(async ([name, , words]) => [name, await json(name, ...words)]));
    printed = Object.fromEntries(all);
  });

  test.each([...lists])('%s --json has the keys of the public face', (...[name, shape]) => {
    expect(shape.safeParse(printed[name]).error?.issues ?? []).toEqual([]);
  });

  test('show --json: the application with its materials, letters and history', async () => {
    const material = z.object({
      requirement: z.string(),
      file: z.string(),
      message: z.int(),
      sha256,
      receivedAt: instant,
    });
    const shape = application.extend({
      materials: z.array(material).min(6),
      letters: z.array(letter).min(1),
      history: z.array(z.object({ at: instant, text: z.string() })).min(2),
    });
    expect(shape.safeParse(await json('show', 'JZGJ-2018-0001')).error?.issues ?? []).toEqual([]);
  });

  test('mails and letters find each other by number', () => {
    const numbers = z
      .array(application)
      .parse(printed.applications)
      .map((one) => one.number);
    const mails = z.array(message).parse(printed.messages);
    const letters = z.array(letter).parse(printed.letters);
    expect(mails.flatMap(({ applications }) => applications).sort()).toEqual(numbers);
    expect(letters.map((one) => one.number).sort()).toEqual(numbers);
  });
});

describe('what a person does', () => {
  test('hold keeps letters back, resume lets them go', async () => {
    expect(await shouli(['hold'])).toMatchObject({ code: 0, stdout: expect.stringContaining('已停止发信') });
    server.deliver({ raw: persona('below-senior-worker'), receivedAt: at('13 08:55') });
    const before = letterFiles().length;
    expect((await shouli(['start', '--once'])).code).toBe(0);
    expect(letterFiles()).toHaveLength(before);
    expect(await shouli(['resume'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/已恢复发信.*受理系统没有在运行，启动后才会发出/),
    });
    await shouli(['start', '--once']);
    expect(letterFiles()).toHaveLength(before + 1);
  });

  test('rerun --all takes all in anew and sends nothing', async () => {
    const before = [await json('applications'), letterFiles()];
    expect(await shouli(['rerun', '--all'])).toMatchObject({ code: 0, stdout: expect.stringContaining('邮件 6 封') });
    await shouli(['start', '--once']);
    expect([await json('applications'), letterFiles()]).toEqual(before);
  });

  test('decide is kept, needs its reason, and knows its words', async () => {
    const number = 'JZGJ-2018-0001';
    expect(await shouli(['decide', number, 'accept', '--note', '已电话核实'])).toMatchObject({ code: 0 });
    const [shown, ...refused] = await Promise.all([
      json('show', number),
      shouli(['decide', number, 'accept']),
      shouli(['decide', number, 'acept', '--note', '好']),
      shouli(['decide', 'JZGJ-2018-9999', 'accept', '--note', '好']),
    ]);
    expect(shown).toMatchObject({ status: 'accepted', decisions: [{ kind: 'accept', note: '已电话核实' }] });
    expect(refused).toMatchObject([
      { code: 2, stderr: expect.stringContaining('--note') },
      { code: 2, stderr: expect.stringContaining('是不是想写 accept') },
      { code: 1, stderr: expect.stringContaining('没有编号为') },
    ]);
  });
});

describe('start', () => {
  test('a second one says that one runs; Ctrl-C, which npx hands on once more, ends the first in peace', async () => {
    const first = begin(['start']);
    await once(first.child.stdout ?? first.child, 'data');
    const { code, stderr } = await shouli(['start', '--once']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('已经在运行')]);
    first.child.kill('SIGINT');
    setTimeout(() => first.child.kill('SIGINT'), 10); // later it might have ended, and Node's handlers with it
    expect(await first.ran).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('受理系统已启动') });
  });

  test('wrong settings are all named at once, in Chinese, exit code 2', async () => {
    const wrong = {
      LETTERS: 'yes',
      QUIET_MINUTES: 'twenty',
      IMAP_URL: 'imap://u:p@imap.126.com',
      SMTP_URL: 'smtp.126.com',
      NOW: '明天',
      DIGEST_AT: '8点',
    };
    const { code, stderr } = await shouli(['start', '--once'], wrong);
    expect(code).toBe(2);
    for (const said of [
      'LETTERS 应为其中之一：auto、hold、observe；现在是“yes”',
      'QUIET_MINUTES 应为整数，现在是“twenty”',
      'IMAP_URL 应写成 imaps://',
      'SMTP_URL 应写成 smtps://',
      'NOW：看不懂时间“明天”',
      'DIGEST_AT 应写成 08:30',
    ])
      expect(stderr).toContain(said);
  });
});
