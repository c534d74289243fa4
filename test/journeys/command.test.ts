import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

/** The command as a person runs it: the compiled program in a process of its own (`npm test` builds it first). */
const bin = resolve('bin/shouli.mjs');
const personas = resolve('fixtures/personas');
const mail = (story: string, number = 1) => join(personas, story, `${number}.eml`);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), '受理 目录-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function shouli(words: string[], env: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [bin, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
    maxBuffer: 1e9,
  });
}

const json = (words: string[]) => {
  const { stdout, stderr, status } = shouli([...words, '--json']);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return JSON.parse(stdout);
};

describe('check', () => {
  test('prints the object of the public face, key for key', () => {
    const object = json(['check', mail('wrong-check-digits'), mail('huge-attachment-link-only')]);
    expect(Object.keys(object)).toEqual(['messages', 'applications', 'letters']);
    expect(Object.keys(object.messages[0])).toEqual(
      expect.arrayContaining([
        'file',
        'messageId',
        'subject',
        'from',
        'receivedAt',
        'sha256',
        'disposition',
        'reason',
        'attachments',
        'links',
      ]),
    );
    expect(Object.keys(object.messages[0].attachments[0])).toEqual(
      expect.arrayContaining(['path', 'bytes', 'sha256', 'type', 'requirement', 'nominee', 'note']),
    );
    expect(Object.keys(object.messages[1].links[0])).toEqual(
      expect.arrayContaining(['provider', 'name', 'bytes', 'expiresAt']),
    );
    expect(Object.keys(object.applications[0])).toEqual(
      expect.arrayContaining([
        'union',
        'unionKnown',
        'nominee',
        'timeliness',
        'firstReceivedAt',
        'requirements',
        'complete',
        'findings',
      ]),
    );
    expect(Object.keys(object.applications[0].findings[0])).toEqual(
      expect.arrayContaining(['code', 'severity', 'requirement', 'evidence', 'forUnion', 'forStaff', 'clause']),
    );
    expect(Object.keys(object.applications[0].findings[0].evidence)).toEqual(['file', 'location', 'seen']);
    expect(Object.keys(object.letters[0])).toEqual(expect.arrayContaining(['kind', 'to', 'subject', 'text']));
  });

  test('a time on the command line counts for the files after it', () => {
    const { messages } = json([
      'check',
      mail('last-second'),
      '--received-at',
      '2018-07-21T00:00:00',
      mail('midnight'),
      mail('complete-in-one-mail'),
    ]);
    expect(messages.map(({ receivedAt, receivedFrom }: Record<string, string>) => [receivedAt, receivedFrom])).toEqual([
      ['2018-07-20T23:59:59+08:00', 'received_header'],
      ['2018-07-21T00:00:00+08:00', 'option'],
      ['2018-07-21T00:00:00+08:00', 'option'],
    ]);
  });

  test('without a Received header the file’s own time counts, never the sender’s Date', () => {
    const file = join(folder, 'saved.eml');
    writeFileSync(file, 'From: a@example.com\r\nDate: Mon, 2 Jul 2018 08:00:00 +0800\r\nSubject: x\r\n\r\n?');
    utimesSync(file, new Date('2018-07-20T16:00:00Z'), new Date('2018-07-20T16:00:00Z'));
    expect(json(['check', file]).messages[0]).toMatchObject({
      receivedAt: '2018-07-21T00:00:00+08:00',
      receivedFrom: 'file_time',
      sentAt: '2018-07-02T08:00:00+08:00',
    });
  });

  test('shows a clerk the boxes, the findings with their clause, and the letter', () => {
    const { stdout, status } = shouli(['check', mail('two-items-missing')]);
    expect(status).toBe(0);
    for (const said of [
      '按时',
      '未齐全',
      /✗\s+4 基本情况及主要业绩量化表\s+未见此项材料/,
      '（通知七（四））',
      '材料补正通知',
      '│ 一、尚未收到的材料',
      '请于7月20日前直接回复本邮件',
    ])
      expect(stdout).toMatch(said);
  });

  test('touches nothing where it runs', () => {
    const before = readdirSync(folder);
    shouli(['check', mail('complete-in-one-mail')]);
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe('read', () => {
  test('shows fields with their places, as typed for scripts, masked for the screen', () => {
    const doc = resolve('fixtures/make/made/推荐表.doc');
    const [seen] = json(['read', doc]);
    expect(seen).toMatchObject({ type: 'doc', form: 'recommendation_form' });
    const number = seen.fields.find(({ label }: { label: string }) => label.startsWith('身份证'));
    expect(number.value).toMatch(/^410890\d{11}[\dX]$/);
    expect(number.location).not.toBe('');
    expect(shouli(['read', doc]).stdout).not.toContain(number.value);
  });

  test('a file that cannot be read says why, exit code 1', () => {
    const file = join(folder, '空.docx');
    writeFileSync(file, '');
    const { stdout, status } = shouli(['read', file]);
    expect([status, stdout]).toEqual([1, expect.stringContaining('不能读：文件是空的')]);
  });
});

describe('what a clerk can get wrong', () => {
  test.each([
    [[], 0, 'npx shouli check'],
    [['chek'], 2, '不认识命令“chek”，是不是想写 check？'],
    [['check'], 2, '请写出要看的邮件文件'],
    [['check', '没有.eml'], 2, '读不到文件：没有.eml'],
    [['check', '--jsn', 'x.eml'], 2, '不认识选项 --jsn，是不是想写 --json？'],
    [['check', '--received-at', '昨天', 'x.eml'], 2, '看不懂时间“昨天”'],
    [['check', '--help'], 0, '用法：npx shouli check'],
    [['read'], 2, '请写出要看的文件'],
  ])('%j', (words, code, said) => {
    const { stdout, stderr, status } = shouli(words);
    expect([status, stdout + stderr]).toEqual([code, expect.stringContaining(said)]);
  });

  test('a mistyped round, a config with a mistake, an unreadable secret file', () => {
    expect(shouli(['check', 'x.eml'], { NOTICE: 'jiaozuo-craftsman-2081' })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('是不是“jiaozuo-craftsman-2018”'),
    });
    expect(shouli(['check', 'x.eml'], { NOTICE_FILE: '/没有' })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('NOTICE_FILE'),
    });
    const config = join(folder, 'config');
    cpSync('config', config, { recursive: true });
    writeFileSync(join(config, 'notices/jiaozuo-craftsman-2018/roster.csv'), '推荐单位,名额\n温县总工会,2\n');
    expect(shouli(['check', 'x.eml'], { CONFIG_DIR: config })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('roster.csv 第1行：缺少“类别”一栏'),
    });
    rmSync(config, { recursive: true });
  });

  test('health says 1 to settings that cannot be read: Docker keeps 2 for itself', () => {
    expect(shouli(['health'], { LETTERS: 'automatic' })).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^不正常：设置有误。LETTERS 应为其中之一.*\n$/),
    });
    expect(shouli(['health', '--jsn']).status).toBe(2);
  });

  test('nothing installed: it says what to do instead of a stack trace', () => {
    const bare = join(folder, 'bare');
    cpSync('bin', join(bare, 'bin'), { recursive: true });
    const ran = spawnSync(process.execPath, [join(bare, 'bin/shouli.mjs'), 'check', 'x.eml'], { encoding: 'utf8' });
    expect([ran.status, ran.stderr]).toEqual([
      2,
      expect.stringMatching(/还没有安装完成。请在 .*bare\/ 里先运行：npm start/),
    ]);
  });
});

test('runs through npm’s link to it, from a folder whose name has spaces and Chinese', () => {
  const link = join(folder, 'shouli');
  symlinkSync(bin, link);
  expect(spawnSync(process.execPath, [link, 'help'], { cwd: folder, encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  });
});
