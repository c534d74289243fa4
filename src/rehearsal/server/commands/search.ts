import { fieldOf, headerOf } from '../header.ts';
import type { StoredMail } from '../mailboxes.ts';
import { textOf, type Word } from '../request.ts';
import type { Command } from '../session.ts';
import { chosen } from '../sets.ts';
import { type Numbered, numberedMails } from './numbered.ts';

type Test = (mail: Numbered) => boolean;

/** SEARCH and UID SEARCH: all conditions must hold (RFC 3501 §6.4.4). */
export const search: Command = (session, { name, words }) => {
  if (!session.open) return { end: `BAD ${name} no folder is open` };
  const mails = numberedMails(session);
  const rest = textOf(words[0]).toUpperCase() === 'CHARSET' ? words.slice(2) : [...words];
  const test = all(rest, mails);
  if (!test) return { end: 'BAD Parse command error' };
  const found = mails.filter(test).map((one) => (name.startsWith('UID ') ? one.mail.uid : one.number));
  return { untagged: [`* ${['SEARCH', ...found].join(' ')}\r\n`], end: `OK ${name} completed` };
};

/** @returns null when a condition is not understood, or nothing is asked */
function all(words: Word[], mails: Numbered[]): Test | null {
  const tests: Test[] = [];
  const rest = [...words];
  while (rest.length > 0) {
    const test = next(rest, mails);
    if (!test) return null;
    tests.push(test);
  }
  return tests.length ? (mail) => tests.every((test) => test(mail)) : null;
}

/** Takes one condition off the front of `rest`. */
function next(rest: Word[], mails: Numbered[]): Test | null {
  const word = rest.shift();
  if (Array.isArray(word)) return all(word, mails);
  const key = (word ?? '').toUpperCase();
  if (key === 'NOT') return not(next(rest, mails));
  if (key === 'OR') return or(next(rest, mails), next(rest, mails));
  if (key === 'HEADER') return has(textOf(rest.shift()), textOf(rest.shift()));
  const plain = plainTests[key];
  if (plain) return plain;
  const told = valueTests[key];
  if (told) return told(textOf(rest.shift()), mails);
  const numbers = chosen(
    key,
    mails.map((one) => one.number),
  );
  return numbers && ((one) => numbers.has(one.number));
}

const not = (test: Test | null): Test | null => test && ((mail) => !test(mail));
const or = (one: Test | null, other: Test | null): Test | null => one && other && ((mail) => one(mail) || other(mail));

const plainTests: Record<string, Test> = {
  ALL: () => true,
  SEEN: ({ mail }) => mail.seen,
  UNSEEN: ({ mail }) => !mail.seen,
  UNDELETED: () => true,
  DELETED: () => false,
};

const valueTests: Record<string, (value: string, mails: Numbered[]) => Test | null> = {
  UID: (value, mails) => {
    const uids = chosen(
      value,
      mails.map((one) => one.mail.uid),
    );
    return uids && (({ mail }) => uids.has(mail.uid));
  },
  SINCE: (value) => onDay(value, (day, wanted) => day >= wanted),
  BEFORE: (value) => onDay(value, (day, wanted) => day < wanted),
  ON: (value) => onDay(value, (day, wanted) => day === wanted),
  LARGER:
    (value) =>
    ({ mail }) =>
      mail.raw.length > Number(value),
  SMALLER:
    (value) =>
    ({ mail }) =>
      mail.raw.length < Number(value),
  SUBJECT: (value) => has('Subject', value),
  FROM: (value) => has('From', value),
  TO: (value) => has('To', value),
};

/** Days are the server's, in China, whatever hour and zone the client thinks in. */
function onDay(value: string, compare: (day: number, wanted: number) => boolean): Test | null {
  const wanted = Date.parse(`${value.replaceAll('-', ' ')} UTC`);
  return Number.isNaN(wanted) ? null : ({ mail }) => compare(dayOf(mail), wanted);
}

const dayMs = 86_400_000;
const dayOf = ({ receivedAt }: StoredMail) => Math.floor((receivedAt.getTime() + 8 * 3_600_000) / dayMs) * dayMs;

const has =
  (field: string, value: string): Test =>
  ({ mail }) =>
    (fieldOf(headerOf(mail.raw), field) ?? '').toLowerCase().includes(value.toLowerCase());
