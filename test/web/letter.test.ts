import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readAttachments } from '../../src/message/parse.ts';
import { listLetters } from '../../src/store/letter-list.ts';
import { openTestDesk, type TestDesk } from '../support/console.ts';
import { at } from '../support/life.ts';

const outbox = mkdtempSync(join(tmpdir(), 'shouli-outbox-'));
const formName = '焦作工匠推荐人选基本情况及主要业绩量化表（郭卫东）.docx';
let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk(
    [
      ['10 09:00', 'complete-in-one-mail'],
      ['10 10:00', 'two-items-missing'],
    ],
    { LETTERS: 'hold', SMTP_URL: `file:${outbox}` },
  );
}, 60_000);
afterAll(async () => {
  await desk.close();
  rmSync(outbox, { recursive: true });
});

const letterOf = async (kind: string) => {
  const letter = (await listLetters(desk.office.db)).find((each) => each.kind === kind);
  if (!letter) throw new Error(`no ${kind} is in the outbox`);
  return letter;
};
/** The links under 随信附表, as `name address`. */
const enclosedIn = (page: string) =>
  [...(/<dd id="enclosed">(.*?)<\/dd>/s.exec(page)?.[1] ?? '').matchAll(/href="([^"]+)"[^>]*>([^<]+)</g)].map(
    ([, address = '', name = '']) => ({ address: address.replaceAll('&amp;', '&'), name }),
  );

test('a receipt encloses nothing, and says nothing of it', async () => {
  const { id } = await letterOf('receipt');
  const { text } = await (await desk.as('viewer')).get(`/letters/${id}`);
  expect(enclosedIn(text)).toEqual([]);
  expect(text).not.toContain('随信附表');
});

test('a held correction request shows the form that goes along; as downloaded, so it is sent', async () => {
  const { id } = await letterOf('correction_request');
  const reviewer = await desk.as('reviewer');
  const enclosed = enclosedIn((await reviewer.get(`/letters/${id}`)).text);
  expect(enclosed.map(({ name }) => name)).toEqual([formName]);
  const address = `${desk.desk.url}${enclosed[0]?.address}`;
  const answer = await fetch(address, { headers: { cookie: reviewer.cookie } });
  expect(answer.headers.get('content-type')).toContain('wordprocessingml.document');
  expect(answer.headers.get('content-disposition')).toBe(
    `attachment; filename*=UTF-8''${encodeURIComponent(formName)}`,
  );
  const downloaded = Buffer.from(await answer.arrayBuffer());

  await reviewer.post(`/letters/${id}/release`, {}, `/letters/${id}`);
  desk.office.clock.jumpTo(at('10 12:00'));
  await desk.office.work();
  const mails = readdirSync(outbox).map((file) => readFileSync(join(outbox, file)));
  const sent = mails.flatMap((mail) => readAttachments(mail)).find(({ path }) => path === formName);
  expect(sent && downloaded.equals(sent.bytes)).toBe(true);
});

test('of a letter that has left nothing is told: its forms were made as things stood then', async () => {
  const { id, state } = await letterOf('correction_request');
  expect(state).toBe('sent');
  const viewer = await desk.as('viewer');
  expect(enclosedIn((await viewer.get(`/letters/${id}`)).text)).toEqual([]);
  const { status } = await viewer.get(`/letters/${id}/enclosed?file=${encodeURIComponent(formName)}`);
  expect(status).toBeGreaterThanOrEqual(400);
});

test.each(['', '别人的表.docx', '../../etc/passwd'])('what does not go along is not to be had: “%s”', async (file) => {
  const { id } = await letterOf('receipt');
  const { status, text } = await (await desk.as('viewer')).get(
    `/letters/${id}/enclosed?file=${encodeURIComponent(file)}`,
  );
  expect(status).toBeGreaterThanOrEqual(400);
  expect(text).toContain('这封信没有附这张表');
});
