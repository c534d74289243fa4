import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { deeds } from '../../fixtures/make/deeds.ts';
import type { Expected } from '../../fixtures/make/expected.ts';
import { everybody } from '../../fixtures/make/people.ts';
import { emlsOf } from '../../fixtures/make/story.ts';
import { newsletter, phoneQuestion, spam, thanksAfterReceipt } from '../../fixtures/rehearsal/other.ts';
import * as people from '../../fixtures/rehearsal/people.ts';
import { checkJson } from '../../src/cli/check-json.ts';
import { lookAt } from '../../src/cli/look.ts';
import { openReader } from '../../src/documents/reader.ts';
import { readJuly } from '../../src/rehearsal/july.ts';
import { notice } from '../support/notice.ts';

const reader = openReader();
afterAll(() => reader.close());

const roots = ['fixtures/personas', 'fixtures/rehearsal'];
const rootOf = new Map(roots.flatMap((root) => readJuly([root]).map(({ story }) => [story, `${root}/${story}.eml`])));
const julyStories = readJuly(roots).map(({ story }) => story);
const storyOf = (mail: string) => mail.split('/')[0] ?? '';

const look = async (mails: string[]) => {
  const files = mails.map((mail) => ({ file: rootOf.get(mail) ?? mail, said: null }));
  return checkJson(await lookAt(files, { notice, ownAddresses: [notice.mailbox], read: reader.read }));
};

type Seen = Awaited<ReturnType<typeof look>>;
const expectedOf = (story: string): Expected =>
  parse(readFileSync((rootOf.get(`${story}/1`) ?? '').replace('1.eml', 'expected.yaml'), 'utf8'));

const ownStories = [...new Set(readJuly(['fixtures/rehearsal']).map(({ story }) => storyOf(story)))];

describe.each(ownStories)('%s', (story) => {
  const expected = expectedOf(story);

  test(expected.story, async () => {
    const { messages, applications, letters } = await look(
      expected.messages.map(({ file }) => `${story}/${file.replace('.eml', '')}`),
    );
    for (const [index, { attachments = {}, disposition }] of expected.messages.entries()) {
      const found = messages[index];
      expect([found?.file, found?.disposition]).toEqual([`fixtures/rehearsal/${story}/${index + 1}.eml`, disposition]);
      const sorted = (found?.attachments ?? []).map(({ path, requirement }) => [path, requirement]);
      expect(Object.fromEntries(sorted)).toEqual(attachments);
    }
    expect(applications.map(briefly)).toEqual(expected.applications.map(briefly));
    expect(letters.map(({ kind, to, subject }) => ({ kind, to, subject }))).toEqual(
      expected.letters.map(({ kind, to, subject }) => ({ kind, to, subject })),
    );
  });
});

describe('all of July in one mailbox', () => {
  let seen: Seen;
  beforeAll(async () => {
    seen = await look(julyStories);
  });

  const wanted = [...new Set(julyStories.map(storyOf))].flatMap((story) =>
    expectedOf(story).applications.map((one) => [story, one.nominee, one] as const),
  );

  test.each(wanted)('%s: %s is as if alone, but for the quota', (_, nominee, expected) => {
    const found = seen.applications.filter((one) => one.nominee === nominee);
    expect(found.map((one) => briefly(withoutQuota(one)))).toEqual([briefly(withoutQuota(expected))]);
  });

  test('nobody else has an application', () => {
    expect(seen.applications).toHaveLength(wanted.length);
  });

  test('only those who come after a union’s last place are over its quota', () => {
    const over = seen.applications.filter(({ findings }) => findings.some(({ code }) => code === 'over_quota'));
    expect(over.map(({ union, nominee }) => `${union} ${nominee}`).sort()).toEqual(
      [
        '山阳区总工会 韩少峰',
        '马村区总工会 邱少华',
        '城乡一体化示范区总工会 路四海',
        '沁阳市总工会 尚德胜',
        '孟州市总工会 顾春雨',
        '温县总工会 朱保国',
        '修武县总工会 薛明亮',
        '博爱县总工会 何秀兰',
        '武陟县总工会 宋家豪',
      ].sort(),
    );
  });
});

test.each([phoneQuestion, thanksAfterReceipt, newsletter, spam])(
  '%p is made anew to the bytes that are committed',
  (make) => {
    const story = make();
    const made = emlsOf(story).map((bytes) => bytes.toString('latin1'));
    const kept = made.map((_, index) => readFileSync(`fixtures/rehearsal/${story.name}/${index + 1}.eml`, 'latin1'));
    expect(made).toEqual(kept);
  },
);

describe('the people', () => {
  const own = Object.values(people);

  test('share no number with each other or with the personas, and none can be real', () => {
    const numbers = [...own, ...everybody].flatMap(({ idNumber, phone }) => [idNumber, phone]);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const { idNumber, phone, birth } of own) {
      expect(idNumber).toMatch(new RegExp(`^410890${birth.replaceAll('-', '')}\\d{3}[\\dX]$`));
      expect(phone).toMatch(/^1390000\d{4}$/);
    }
  });

  test('have no name of a persona', () => {
    expect(own.filter(({ name }) => everybody.some((one) => one.name === name))).toEqual([]);
  });

  test.each(own.map((one) => [one.name, one] as const))('%s: 主要事迹 has 400 to 800 signs', (_, nominee) => {
    const signs = deeds(nominee).join('').length;
    expect(signs).toBeGreaterThanOrEqual(400);
    expect(signs).toBeLessThanOrEqual(800);
  });
});

type Told = {
  union: string | null;
  unionKnown: boolean;
  nominee: string | null;
  timeliness: string;
  complete: boolean;
  requirements: Record<string, { state: string }>;
  findings: { code: string; severity: string }[];
};

/** What a story's answer says of an application, without the places and words of findings. */
function briefly({ union, unionKnown, nominee, timeliness, complete, requirements, findings }: Told) {
  const states = Object.entries(requirements).map(([code, { state }]) => [code, state]);
  const codes = findings.map(({ code, severity }) => `${severity} ${code}`).sort();
  return { union, unionKnown, nominee, timeliness, complete, states: Object.fromEntries(states), codes };
}

const withoutQuota = <One extends { findings: { code: string }[] }>(one: One): One => ({
  ...one,
  findings: one.findings.filter(({ code }) => code !== 'over_quota'),
});
