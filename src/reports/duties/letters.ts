import type { LetterRecord } from '../../store/records.ts';
import type { OfficeFacts } from '../facts.ts';
import { plain } from '../plain.ts';
import { letterWords, sayWho } from '../say.ts';
import { type Duty, duty } from './duty.ts';

/** Letters that did not arrive, letters that wait for a person, and a stop that was forgotten. */
export function letterDuties(facts: OfficeFacts): Duty[] {
  const held = facts.letters.filter(({ state }) => state === 'held');
  return [...undelivered(facts), ...stopped(facts), ...held.map((letter) => heldDuty(letter, facts))];
}

function undelivered(facts: OfficeFacts): Duty[] {
  return standingUndelivered(facts.letters).map((letter) => {
    const what = letter.state === 'bounced' ? '被退回' : '没有发出';
    const why = letter.reason ? `（${plain(letter.reason, 50)}）` : '';
    const text = `${letterWords[letter.kind]}${what}${why}，请另想办法告知：${aboutWhom(letter, facts)}`;
    return letterDuty('letter_undelivered', letter, text);
  });
}

/** Refused or returned letters that no later letter on the same matter has made good. */
export function standingUndelivered(letters: readonly LetterRecord[]): LetterRecord[] {
  const matter = ({ number, kind }: LetterRecord) => number ?? kind;
  return letters.filter(
    (letter) =>
      (letter.state === 'failed' || letter.state === 'bounced') &&
      !letters.some((other) => other.state === 'sent' && other.id > letter.id && matter(other) === matter(letter)),
  );
}

function stopped({ lettersStopped, letters }: OfficeFacts): Duty[] {
  const due = letters.filter(({ state }) => state === 'due').sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  const [first] = due;
  if (!lettersStopped || !first) return [];
  const text = `发信已由人停止，有${due.length}封回函在等，可以发时请恢复`;
  return [duty('letters_stopped', { since: first.dueAt, text, command: 'npx shouli resume' })];
}

function heldDuty(letter: LetterRecord, facts: OfficeFacts): Duty {
  const why = letter.reason ? `（${plain(letter.reason, 50)}）` : '';
  return letterDuty(
    'letter_held',
    letter,
    `${letterWords[letter.kind]}请决定是否发出${why}：${aboutWhom(letter, facts)}`,
  );
}

function letterDuty(kind: Duty['kind'], letter: LetterRecord, text: string): Duty {
  const command = letter.number ? `npx shouli show ${letter.number}` : 'npx shouli letters';
  return duty(kind, { since: letter.dueAt, number: letter.number, letter: letter.id, text, command });
}

function aboutWhom({ number, to }: LetterRecord, { applications }: OfficeFacts): string {
  const record = applications.find((each) => each.number === number);
  return record ? `${record.number} ${sayWho(record)}` : plain(to);
}
