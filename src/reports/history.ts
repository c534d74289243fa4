import { sayMoment } from '../clock.ts';
import type { Notice } from '../notice/notice.ts';
import type { DoneAct, HistoryEntry } from '../review/acts.ts';
import type { Happening, StateChange } from '../review/happened.ts';
import type { DecisionRecord, LetterRecord } from '../store/records.ts';
import { plain } from './plain.ts';
import { decisionWords, letterStateWords, letterWords, stateWords } from './say.ts';
import { sayDeed } from './say-deed.ts';

/** Lines of what happened, in the order of the record. */
export function sayHappenings(
  happenings: readonly Happening[],
  acts: readonly DoneAct[],
  notice: Notice,
): HistoryEntry[] {
  return happenings.flatMap((happening): HistoryEntry[] => {
    const { at, kind } = happening;
    if (kind === 'mail') return [line(at, 'mail', sayMail(happening), happening.brought)];
    if (kind === 'letter') return [line(at, 'letter', sayLetterEvent(happening))];
    if (kind === 'state') return [line(at, 'state', sayState(happening, notice))];
    const act = acts.find(({ id }) => id === happening.act);
    return act ? [sayAct(act, acts, notice)] : [];
  });
}

/**
 * Everything that happened to an application in the order of time: mails, what the checks said, letters, what people did.
 *
 * @param decisions those from before acts were kept stand here alone
 */
export function sayHistory(
  given: {
    happenings: readonly Happening[];
    acts: readonly DoneAct[];
    letters: readonly LetterRecord[];
    decisions: readonly (DecisionRecord & { act: string | null })[];
  },
  notice: Notice,
): HistoryEntry[] {
  const lines = [
    ...sayHappenings(given.happenings, given.acts, notice),
    ...given.letters.map(letterLine),
    ...given.decisions
      .filter(({ act }) => act === null)
      .map(({ at, kind, note, by }) => line(at, 'act', `${decisionWords[kind]}　${plain(note, 200)}`, by)),
  ];
  return lines.sort((a, b) => a.at.getTime() - b.at.getTime()); // stable: of one instant in the order of the record
}

const line = (at: Date, kind: HistoryEntry['kind'], text: string, by: string | null = null): HistoryEntry => ({
  at,
  by,
  text,
  kind,
  act: null,
  deed: null,
  undone: false,
});

function sayAct(act: DoneAct, acts: readonly DoneAct[], notice: Notice): HistoryEntry {
  const { at, by, id, note, undoneBy, deed } = act;
  const said = sayDeed(act, acts, notice) + (note ? `（${plain(note, 200)}）` : '');
  const undone = undoneBy !== null;
  return { ...line(at, 'act', undone ? `${said}　已撤销` : said, by), act: id, deed: deed.kind, undone };
}

function sayMail({ subject, from, brought, left }: Extract<Happening, { kind: 'mail' }>): string {
  const mail = `${plain(subject, 80) || '（无主题）'}　${plain(from)}`;
  if (left) return `邮件移出本件　${mail}`;
  return brought === null ? `收到新邮件　${mail}` : `由工作人员补入材料　${plain(subject, 80)}`;
}

function sayState({ states, found, settled }: Extract<Happening, { kind: 'state' }>, notice: Notice): string {
  const isFirst = states.length > 0 && states.every(({ before }) => before === null);
  const nameOf = (code: string) => notice.requirements.find((each) => each.code === code)?.name ?? code;
  const change = ({ requirement, before, after }: StateChange) =>
    `${nameOf(requirement)}${isFirst || before === null ? '' : ` ${stateWords[before]} →`} ${stateWords[after]}`;
  const findings = [...(found > 0 ? [`问题新增${found}条`] : []), ...(settled > 0 ? [`问题消除${settled}条`] : [])];
  return `${isFirst ? '首次核对' : '重新核对'}　${[...states.map(change), ...findings].join('；')}`;
}

function sayLetterEvent({ what, letter }: Extract<Happening, { kind: 'letter' }>): string {
  const name = letterWords[letter as keyof typeof letterWords] ?? letter;
  return what === 'written' ? `写好${name}` : `${name}中工作人员改过的文字已作废：情况有变化，信已重写`;
}

/** A letter that has not left stands where it was written: what is still to come has not happened. */
function letterLine(letter: LetterRecord): HistoryEntry {
  const { kind, to, reason } = letter;
  const why = reason ? `（${plain(reason, 120)}）` : '';
  return line(lastMoment(letter), 'letter', `${letterWords[kind]}　${sayLetterState(letter)}　${plain(to)}${why}`);
}

/** Office time of the last that happened to a letter: it left, could not be sent, was written. */
export const lastMoment = ({ sentAt, failedAt, writtenAt }: LetterRecord): Date => sentAt ?? failedAt ?? writtenAt;

/** `已发出`; of one that waits for its time also when that is. One that was tried already waits for a server. */
export function sayLetterState({ state, dueAt, writtenAt, attempts }: LetterRecord): string {
  const waits = state === 'due' && dueAt > writtenAt && attempts === 0;
  return waits ? `${letterStateWords.due}，预计 ${sayMoment(dueAt)} 发出` : letterStateWords[state];
}
