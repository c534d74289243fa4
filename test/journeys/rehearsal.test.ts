import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { readJuly } from '../../src/rehearsal/july.ts';

/** `npm start -- --once` without a mailbox, as somebody meets it who has just cloned the project. */
const folder = mkdtempSync(join(tmpdir(), '受理 演练-'));
const outbox = join(folder, 'rehearsal', 'outbox');
let played = { code: null as number | null, text: '', seconds: 0 };
let letters: { subject: string; to: string; kind: string; text: string; inReplyTo: string }[] = [];

beforeAll(async () => {
  played = await play();
  letters = await Promise.all(readdirSync(outbox).map((name) => readLetter(join(outbox, name))));
}, 150_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function play(): Promise<typeof played> {
  const begun = performance.now();
  const env = { PATH: process.env.PATH, HOME: folder, DATA_DIR: folder };
  const child = spawn(process.execPath, ['bin/shouli.mjs', 'start', '--once'], { env });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (text += piece));
  return new Promise((resolve) =>
    child.on('close', (code) => resolve({ code, text, seconds: (performance.now() - begun) / 1000 })),
  );
}

async function readLetter(file: string) {
  const mail = await simpleParser(readFileSync(file));
  const to = [mail.to].flat()[0]?.text ?? '';
  const kind = String(mail.headers.get('x-shouli-letter'));
  return { subject: mail.subject ?? '', to, kind, text: mail.text ?? '', inReplyTo: mail.inReplyTo ?? '' };
}

test('July passes within a minute, and the terminal shows it happening', () => {
  expect(played.code).toBe(0);
  expect(played.text).toMatch(/演练 2018年7月9日 16时08分 {2}收到 {2}解放区总工会/);
  expect(played.text).toContain('演练结束：七月共 59 封邮件');
  expect(played.text).toMatch(/解放区总工会 +孙玉峰 +✓ ✓ ✓ ✓ ✓ ✓ +按时 +材料接收回执/);
  expect(played.text).not.toMatch(/"level":[45]0|Error/);
  expect(played.seconds).toBeLessThan(120); // 60 are promised on an idle machine; bench tells the figure
});

test('every line and every letter says 演练', () => {
  const lines = played.text.split('\n').filter((line) => /收到|发出/.test(line) && / \d\d时\d\d分 /.test(line));
  expect(lines.length).toBeGreaterThan(80);
  expect(lines.filter((line) => !line.startsWith('演练 '))).toEqual([]);
  expect(letters.filter(({ subject }) => !subject.startsWith('【演练】'))).toEqual([]);
});

test('孙玉峰: asked for the photo, answers our own letter, is thanked', () => {
  const his = letters.filter(({ subject }) => subject.includes('孙玉峰')).map(({ kind, to }) => `${kind} ${to}`);
  expect(his).toEqual(['correction_request 0391000101@qq.com', 'receipt 0391000101@qq.com']);
});

test('machines, advertisements and mail from before the round get no letter', () => {
  const quiet = ['advertisement', 'out-of-office', 'bounce', 'own-letter', 'newsletter', 'spam', 'before-the-round'];
  const mails = readJuly(['fixtures/personas', 'fixtures/rehearsal']).filter(({ story }) =>
    quiet.some((word) => story.startsWith(word)),
  );
  const ids = mails.map(({ raw }) => /^message-id: *(<[^>]+>)/im.exec(raw.toString('latin1'))?.[1]).filter(Boolean);
  expect(ids.length).toBeGreaterThan(6);
  expect(letters.filter(({ inReplyTo }) => ids.includes(inReplyTo))).toEqual([]);
});

test('a digest every morning, and the last one proves that no mail was lost', () => {
  const digests = letters.filter(({ kind }) => kind === 'digest');
  expect(digests).toHaveLength(18); // 5 to 22 July
  expect(digests.at(-1)?.text).toMatch(/服务器59封 = 台账59封（.*），无遗漏/);
});
