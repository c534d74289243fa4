import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { checkJson } from '../src/cli/check-json.ts';
import { lookAt } from '../src/cli/look.ts';
import { openReader } from '../src/documents/reader.ts';
import { notice } from './support/notice.ts';

/**
 * The office's life: each folder is a story with its mails, and with what a careful clerk would answer, reasoned out
 * from the notice and never taken from the program.
 */
const folder = 'fixtures/personas';
const stories = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

type Expected = {
  story: string;
  messages: {
    file: string;
    disposition: string;
    reasonCode?: string;
    links?: object[];
    attachments?: Record<string, string | null>;
  }[];
  applications: ({ findings: object[]; requirements: object } & Record<string, unknown>)[];
  letters: { kind: string; to: string; subject: string; says?: string[]; neverSays?: string[] }[];
};

const reader = openReader();
afterAll(() => reader.close());

async function check(story: string) {
  const files = readdirSync(join(folder, story))
    .filter((name) => name.endsWith('.eml'))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  const mails = files.map((file) => ({ file: join(folder, story, file), said: null }));
  return checkJson(await lookAt(mails, { notice, ownAddresses: [notice.mailbox], read: reader.read }));
}

test('the issue names more than thirty stories', () => {
  expect(stories.length).toBeGreaterThanOrEqual(33);
});

describe.each(stories)('%s', (story) => {
  const expected: Expected = parse(readFileSync(join(folder, story, 'expected.yaml'), 'utf8'));

  test(expected.story, async () => {
    const { messages, applications, letters } = await check(story);

    for (const [index, { attachments = {}, file, ...rest }] of expected.messages.entries()) {
      const found = messages[index];
      expect({ ...found, file: found?.file.split('/').at(-1) }).toMatchObject({ file, ...rest });
      const sorted = Object.fromEntries((found?.attachments ?? []).map(({ path, requirement }) => [path, requirement]));
      expect(sorted).toMatchObject(attachments);
    }

    expect(applications.map(({ union, nominee }) => [union, nominee])).toEqual(
      expected.applications.map(({ union, nominee }) => [union, nominee]),
    );
    for (const [index, { findings, ...rest }] of expected.applications.entries()) {
      const found = applications[index];
      expect(found).toMatchObject(rest);
      expect(brief(found?.findings ?? [])).toEqual(brief(findings));
    }

    expect(letters.map(({ kind, to, subject }) => ({ kind, to, subject }))).toEqual(
      expected.letters.map(({ kind, to, subject }) => ({ kind, to, subject })),
    );
    for (const [index, { says = [], neverSays = [] }] of expected.letters.entries()) {
      for (const words of says) expect(letters[index]?.text).toContain(words);
      for (const words of neverSays) expect(letters[index]?.text).not.toContain(words);
    }
  });
});

/** Findings without their order and words. */
function brief(findings: object[]): unknown[] {
  const picked = findings.map((finding) => {
    const {
      code,
      severity,
      requirement = null,
    } = finding as { code: string; severity: string; requirement?: string | null };
    return { code, severity, requirement };
  });
  return picked.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}
