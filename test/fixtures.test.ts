import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { simpleParser } from 'mailparser';
import yaml from 'yaml';
import yauzl from 'yauzl';
import { deeds } from '../fixtures/make/deeds.ts';
import type { ApplicationAnswer, Expected } from '../fixtures/make/expected.ts';
import { everybody } from '../fixtures/make/people.ts';
import { otherPeoplesStories } from '../fixtures/make/stories/not-applications.ts';
import { ourLettersBackStories } from '../fixtures/make/stories/our-letters-back.ts';
import { robotStories } from '../fixtures/make/stories/robots.ts';
import { emlsOf } from '../fixtures/make/story.ts';

const maxBytes = 10 * 1024 * 1024;
const personas = fileURLToPath(new URL('../fixtures/personas', import.meta.url));
const makers = fileURLToPath(new URL('../fixtures/make', import.meta.url));

const stories = readdirSync(personas, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const expectedOf = (story: string): Expected =>
  yaml.parse(readFileSync(join(personas, story, 'expected.yaml'), 'utf8'));

const filesUnder = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Files that hold several of the forms at once: an answer of one requirement to one file cannot name them. */
const severalForms: Record<string, string> = {
  'last-second': '焦作工匠申报表1-4（朱保国）.docx',
  midnight: '附件2-4（薛明亮）.xlsx',
};

test('all thirty-six stories together fit into 10 MB', () => {
  const bytes = filesUnder(personas).reduce((sum, file) => sum + statSync(file).size, 0);
  expect(stories).toHaveLength(36);
  expect(bytes).toBeLessThanOrEqual(maxBytes);
});

test.each(stories)('%s: the answers speak of every mail in the folder and of no other', (story) => {
  const mails = readdirSync(join(personas, story)).filter((name) => name.endsWith('.eml'));
  const expected = expectedOf(story);
  expect(expected.messages.map(({ file }) => file)).toEqual(mails.sort());
  expect(expected.story).toMatch(/\p{Script=Han}.*。$/u);
});

const named = stories.flatMap((story) =>
  expectedOf(story)
    .messages.filter(({ attachments }) => attachments !== undefined)
    .map(({ file, attachments = {} }) => [story, file, Object.keys(attachments)] as const),
);

test.each(named)('%s/%s: mailparser finds exactly the files that the answers name', async (story, file, names) => {
  const mail = await simpleParser(readFileSync(join(personas, story, file)));
  const loose = mail.attachments.map(({ filename, content }) => ({ name: filename ?? '', content }));
  const packed = await Promise.all(loose.filter(({ name }) => name.endsWith('.zip')).map(inside));
  const found = [...loose.map(({ name }) => name), ...packed.flat()];
  expect(found.filter((name) => name !== severalForms[story]).sort()).toEqual([...names].sort());
  expect(mail.subject).not.toMatch(/\ufffd/);
});

/** @returns `材料.zip/甲/乙.docx` for every file in the archive, names read as GBK */
function inside({ name, content }: { name: string; content: Buffer }): Promise<string[]> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(content, { decodeStrings: false }, (error, zip) => {
      if (error) return reject(error);
      const paths: string[] = [];
      zip.on('entry', (entry: yauzl.Entry) => paths.push(iconv.decode(entry.fileName as unknown as Buffer, 'gb18030')));
      zip.on('end', () => resolve(paths.filter((path) => !path.endsWith('/')).map((path) => `${name}/${path}`)));
      zip.on('error', reject);
    });
  });
}

test.each([
  ['last-second', 'Fri, 20 Jul 2018 23:59:59 +0800'],
  ['midnight', 'Sat, 21 Jul 2018 00:00:00 +0800'],
  ['sent-before-arrived-after', 'Sat, 21 Jul 2018 00:20:05 +0800'],
  ['a-day-later', 'Sun, 22 Jul 2018 00:00:00 +0800'],
])('%s: our own server stamped it topmost with %s', (story, moment) => {
  const [topmost] = readFileSync(join(personas, story, '1.eml'), 'latin1').split(/\r\n(?![ \t])/);
  expect(topmost).toMatch(/^Received: .*\s+by mx12 \(Coremail\)/s);
  expect(topmost).toContain(`; ${moment} (CST)`.replace('; ', ';\r\n\t'));
});

const settled = ['present', 'declared_none', 'on_paper'];
const isComplete = ({ requirements, findings }: ApplicationAnswer) =>
  Object.values(requirements).every(({ state }) => settled.includes(state)) &&
  findings.every(({ severity }) => severity !== 'blocking');

const toMend = ({ requirements, findings }: ApplicationAnswer) =>
  Object.values(requirements).some(({ state }) => ['missing', 'blank_form', 'needs_fix'].includes(state)) ||
  findings.some(({ severity }) => severity === 'blocking');

/** Which letter an application gets: the first row that fits. */
const letterFor = (one: ApplicationAnswer) =>
  one.timeliness !== 'on_time' ? 'late_notice' : toMend(one) ? 'correction_request' : 'receipt';

test.each(stories)('%s: completeness and letters follow from the states and findings', (story) => {
  const { applications, letters } = expectedOf(story);
  expect(applications.map(({ complete }) => complete)).toEqual(applications.map(isComplete));
  expect(letters.map(({ kind }) => kind)).toEqual(applications.map(letterFor));
});

test('every resident number lies in the area that was never assigned, and its check digit is right', () => {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1]; // with the check digit the sum is 1 modulo 11
  for (const { idNumber, birth, sex } of everybody) {
    const digits = [...idNumber].map((sign) => (sign === 'X' ? 10 : Number(sign)));
    expect(idNumber).toMatch(new RegExp(`^410890${birth.replaceAll('-', '')}\\d{3}[\\dX]$`));
    expect(weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0) % 11).toBe(1);
    expect((digits[16] ?? 0) % 2).toBe(sex === '男' ? 1 : 0);
  }
});

test('no maker has a resident number or a phone written by hand, and nobody shares one', () => {
  const typed = filesUnder(makers)
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(file, 'utf8').match(/(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9})(?!\d)/g) ?? []);
  expect(typed).toEqual([]);
  expect(everybody.every(({ phone }) => /^1390000\d{4}$/.test(phone))).toBe(true);
  expect(new Set(everybody.flatMap(({ idNumber, phone }) => [idNumber, phone])).size).toBe(2 * everybody.length);
});

test.each(everybody.map((one) => [one.name, one] as const))('%s: 主要事迹 has 400 to 800 signs', (_, nominee) => {
  const signs = deeds(nominee).join('').length;
  expect(signs).toBeGreaterThanOrEqual(400);
  expect(signs).toBeLessThanOrEqual(800);
});

test.each(everybody.map((one) => [one.name, one] as const))(
  '%s: a life in which one date follows another',
  (_, nominee) => {
    const grown = String(Number(nominee.birth.slice(0, 4)) + 16) + nominee.birth.slice(4, 7);
    const [joined, since] = [nominee.joined, nominee.since];
    expect([grown, joined, since, '2018-07']).toEqual([grown, joined, since, '2018-07'].sort());
    for (const { when } of [...nominee.awards, ...nominee.honours])
      expect(when > joined && when < '2018-07').toBe(true);
    for (const { granted, number } of nominee.patents) {
      expect(granted > number.slice(0, 4) && granted < '2018-07').toBe(true);
    }
  },
);

test('mails without pictures are made anew to the very bytes that are committed', async () => {
  for (const make of [...robotStories, ...ourLettersBackStories, ...otherPeoplesStories]) {
    const story = await make();
    if (story.name === 'another-departments-letter') continue; // its .docx is deflated: another zlib, other bytes
    const [made] = emlsOf(story);
    expect(made?.equals(readFileSync(join(personas, story.name, '1.eml')))).toBe(true);
  }
});
