import { envelopeOf } from '../envelope.ts';
import { headerOf } from '../header.ts';
import type { StoredMail } from '../mailboxes.ts';
import { type Request, textOf, type Word } from '../request.ts';
import type { Command, Session } from '../session.ts';
import { chosen } from '../sets.ts';
import { readSection, type Section, sectionBytes } from './body-section.ts';
import { type Numbered, numberedMails } from './numbered.ts';

type Item = { label: string; section: Section } | { label: string; section: null };

const plainItems = ['UID', 'FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODYSTRUCTURE', 'BODY'];
const macros: Record<string, string[]> = {
  FAST: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'],
  ALL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE'],
  FULL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY'],
};

/** FETCH and UID FETCH. */
export const fetch: Command = (session, request) => {
  const { open } = session;
  if (!open) return { end: `BAD ${request.name} no folder is open` };
  const items = itemsOf(request);
  const mails = asked(session, request);
  if (!items || !mails) return { end: 'BAD Parse command error' };
  const page = mails.slice(0, session.account.script.shortPage ?? mails.length);
  return { untagged: answers(page, items, (mail) => markSeen(session, mail)), end: `OK ${request.name} completed` };
};

function asked(session: Session, { name, words }: Request): Numbered[] | null {
  const numberOf = (one: Numbered) => (name === 'UID FETCH' ? one.mail.uid : one.number);
  const mails = numberedMails(session);
  const wanted = chosen(textOf(words[0]), mails.map(numberOf));
  return wanted && mails.filter((one) => wanted.has(numberOf(one)));
}

function itemsOf({ name, words: [, told] }: Request): Item[] | null {
  const words: Word[] = Array.isArray(told) ? told : (macros[textOf(told).toUpperCase()] ?? [textOf(told)]);
  const items = words.map(itemOf);
  const uid =
    name === 'UID FETCH' && !items.some((one) => one?.label === 'UID') ? [{ label: 'UID', section: null }] : [];
  return items.some((one) => one === null) ? null : [...uid, ...items.flatMap((one) => one ?? [])];
}

function itemOf(word: Word): Item | null {
  const written = textOf(word);
  const plain = written.toUpperCase();
  if (plainItems.includes(plain)) return { label: plain, section: null };
  const section = readSection(written);
  return section && { label: section.label, section };
}

/** Reading without PEEK marks a mail as read for staff too, unless the folder was opened with EXAMINE. */
function markSeen({ account, open }: Session, mail: StoredMail): void {
  if (open?.readOnly !== false) return;
  mail.seen = true;
  account.changesAsked += 1;
}

/** One mail after the other, made only when its turn comes: a page of large mails is never in memory twice. */
function* answers(mails: Numbered[], items: Item[], onRead: (mail: StoredMail) => void): Generator<string | Buffer> {
  for (const { number, mail } of mails) {
    yield `* ${number} FETCH (`;
    for (const [index, { label, section }] of items.entries()) {
      const space = index > 0 ? ' ' : '';
      if (!section) yield `${space}${label} ${plainValue(label, mail)}`;
      else {
        const bytes = sectionBytes(mail.raw, section);
        if (!section.peek) onRead(mail);
        yield bytes ? `${space}${label} {${bytes.length}}\r\n` : `${space}${label} NIL`;
        if (bytes) yield bytes;
      }
    }
    yield ')\r\n';
  }
}

function plainValue(label: string, mail: StoredMail): string {
  if (label === 'UID') return String(mail.uid);
  if (label === 'FLAGS') return mail.seen ? '(\\Seen)' : '()';
  if (label === 'INTERNALDATE') return `"${internalDate(mail.receivedAt)}"`;
  if (label === 'RFC822.SIZE') return String(mail.raw.length);
  if (label === 'ENVELOPE') return envelopeOf(headerOf(mail.raw));
  return `("TEXT" "PLAIN" NIL NIL NIL "8BIT" ${mail.raw.length} 0)`; // nobody reads a body's structure from here
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** ` 7-Jul-2018 15:42:01 +0800`: NetEase's servers keep China's time; the day has two places. */
function internalDate(instant: Date): string {
  const [date = '', time = ''] = new Date(instant.getTime() + 8 * 3_600_000).toISOString().split(/[T.]/);
  const [year, month, day] = date.split('-');
  return `${String(Number(day)).padStart(2, ' ')}-${months[Number(month) - 1]}-${year} ${time} +0800`;
}
