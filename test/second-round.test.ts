import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { checkJson } from '../src/cli/check-json.ts';
import { lookAt } from '../src/cli/look.ts';
import { openReader } from '../src/documents/reader.ts';
import { loadNotice } from '../src/notice/load.ts';
import type { Notice } from '../src/notice/notice.ts';

/** A made-up round of another office with other requirements and forms: only configuration differs, no line of code. */
const code = 'kaifeng-cooks-2021';
const reader = openReader();
let config = '';
let notice: Notice;
beforeAll(() => {
  config = mkdtempSync(join(tmpdir(), 'shouli-round-'));
  cpSync('config/words', join(config, 'words'), { recursive: true });
  cpSync(`fixtures/rounds/${code}`, join(config, 'notices', code), { recursive: true });
  notice = loadNotice(config, code);
});
afterAll(async () => {
  await reader.close();
  rmSync(config, { recursive: true });
});

async function look(name: string) {
  const services = { notice, ownAddresses: [notice.mailbox], read: reader.read };
  const { applications, letters } = checkJson(
    await lookAt([{ file: `fixtures/rounds/mails/${name}.eml`, said: null }], services),
  );
  expect(applications).toHaveLength(1);
  expect(letters).toHaveLength(1);
  const [application] = applications;
  const states = Object.fromEntries(
    Object.entries(application?.requirements ?? {}).map(([requirement, { state }]) => [requirement, state]),
  );
  return {
    application,
    states,
    letter: letters[0],
    codes: application?.findings.map((found) => `${found.severity} ${found.code}`),
  };
}

test('its own three materials, complete', async () => {
  const { application, states, letter, codes } = await look('complete');
  expect(states).toEqual({ entry_form: 'present', dish_list: 'present', health_proof: 'present' });
  expect(application).toMatchObject({
    union: '龙亭区总工会',
    unionKnown: true,
    nominee: '白小军',
    complete: true,
    timeliness: 'on_time',
    requirements: { dish_list: { rows: 2 } },
  });
  expect(codes).toEqual([]);
  expect(letter).toMatchObject({ kind: 'receipt', to: 'longting@163.com', subject: '报名已收到[待编号]白小军' });
  expect(letter?.text).toContain('三样都齐了，赛场见。');
  expect(letter?.text).toContain('大赛组委会办公室（赵老师）');
});

test('its own certificate missing: its own words ask for it', async () => {
  const { states, letter, codes } = await look('no-health-proof');
  expect(states.health_proof).toBe('missing');
  expect(codes).toEqual(['blocking material_missing']);
  expect(letter).toMatchObject({ kind: 'correction_request', subject: '报名还差一点[待编号]白小军' });
  expect(letter?.text).toContain('1. 健康证——请发健康证的照片');
  expect(letter?.text).toContain('请在5月10日18时前回复本邮件。');
});

test('its own severities: an empty field is advice here, and complete', async () => {
  const { application, letter, codes } = await look('field-blank-is-only-advice-here');
  expect(codes).toEqual(['advisory field_blank', 'advisory count_disagrees']);
  expect(application?.complete).toBe(true);
  expect(letter?.kind).toBe('receipt');
});

test.each([
  ['just-in-time', 'on_time', 'receipt'],
  ['at-the-boundary', 'boundary', 'late_notice'],
  ['two-hours-later', 'late', 'late_notice'],
])('its own deadline: %s is %s', async (name, timeliness, kind) => {
  const { application, letter } = await look(name);
  expect(application?.timeliness).toBe(timeliness);
  expect(letter?.kind).toBe(kind);
});
