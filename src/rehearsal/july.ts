import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { Failure } from '../errors.ts';
import { arrivalOf } from '../message/received-at.ts';

/** A mail of the rehearsal's July. `story` is `correction-completes/2`; `folder` is where it arrives, as a person reads it. */
export type Sample = {
  story: string;
  /** Read from disk each time it is asked for: all of July is not held in memory. */
  readonly raw: Buffer;
  receivedAt: Date;
  folder: string;
};

/** `folders.yaml` beside the stories: which of them do not lie in the inbox. */
const outsideInbox = z.record(z.string(), z.array(z.string()));

/**
 * The mails under some folders, each `<folder>/<story>/<n>.eml`.
 *
 * @param folders each may hold a `folders.yaml`: `垃圾邮件: [spam/1]`
 * @returns in the order of arrival, which the topmost Received header of each mail says
 * @throws Failure (permanent) when a folder holds no mail, or a mail does not say when it arrived: the sample is damaged
 */
export function readJuly(folders: readonly string[]): Sample[] {
  return folders.flatMap(samplesOf).sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
}

function samplesOf(folder: string): Sample[] {
  const elsewhere = foldersOf(join(folder, 'folders.yaml'));
  const stories = emlsUnder(folder);
  if (stories.length === 0) throw damaged(`no mails in ${folder}`);
  return stories.map((story) => sampleOf(join(folder, `${story}.eml`), story, elsewhere.get(story) ?? 'INBOX'));
}

function sampleOf(file: string, story: string, folder: string): Sample {
  const receivedAt = arrivalOf(readFileSync(file));
  if (!receivedAt) throw damaged(`${file} does not say when it arrived`);
  return {
    story,
    receivedAt,
    folder,
    get raw() {
      return readFileSync(file);
    },
  };
}

/** @returns `story/1`, `story/2` …, without their ending */
const emlsUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /^[^/]+\/\d+\.eml$/.test(path))
    .map((path) => path.slice(0, -'.eml'.length))
    .sort();

/** @returns the folder of each story that lies outside the inbox */
function foldersOf(file: string): Map<string, string> {
  if (!existsSync(file)) return new Map();
  const told = outsideInbox.parse(parse(readFileSync(file, 'utf8')));
  return new Map(Object.entries(told).flatMap(([folder, stories]) => stories.map((story) => [story, folder])));
}

const damaged = (reason: string) => new Failure('permanent', '演练用的样例邮件不完整，请重新下载本软件', reason);

/**
 * Puts the Message-IDs of letters that the rehearsal really sent where a sample mail answers one:
 * `In-Reply-To: <{{letter:story/1}}>`.
 *
 * @param messageIdOf the letter that answered a mail, without angle brackets; null when none went: the place then names
 *   a letter that nobody knows, and the mail has to be understood without it
 */
export function fillLetters(raw: Buffer, messageIdOf: (story: string) => string | null): Buffer {
  if (!raw.includes('{{letter:')) return raw;
  const filled = raw
    .toString('latin1')
    .replace(/\{\{letter:([a-z0-9-]+\/\d+)\}\}/g, (_, story: string) => messageIdOf(story) ?? unsent(story));
  return Buffer.from(filled, 'latin1');
}

const unsent = (story: string) => `${story.replace('/', '.')}.unsent@rehearsal.invalid`;
