import { expect, test } from '@jest/globals';
import { sayHistory } from '../../src/reports/history.ts';
import type { LetterRecord } from '../../src/store/records.ts';
import { notice } from '../support/notice.ts';
import { letter } from './office.ts';

const at = (time: string) => new Date(`2018-07-${time}:00+08:00`);
const noted = { kind: 'act' as const, act: 'JZGJ-2018-0001/1', at: at('10T10:05'), version: 1 };
const note = {
  ...{ id: noted.act, by: '王某', note: null, at: noted.at, version: 1, found: {}, undoneBy: null },
  deed: { kind: 'note' as const, number: 'JZGJ-2018-0001', text: '已去电' },
};
const written = { kind: 'correction_request', writtenAt: at('10T10:00'), dueAt: at('10T10:20'), to: 'a@b' } as const;
const waiting = { ...written, state: 'due', attempts: 0 } as const;

/** The time and words of the letter’s line, and whether it stands before or after what a person noted at 10:05. */
function lineOf(given: Partial<LetterRecord>) {
  const history = sayHistory({ happenings: [noted], acts: [note], letters: [letter(1, given)], decisions: [] }, notice);
  const index = history.findIndex(({ kind }) => kind === 'letter');
  return [history[index]?.at, history[index]?.text.split('　')[1], index === 0 ? 'before' : 'after'];
}

test.each<[string, Partial<LetterRecord>, [Date, string, string]]>([
  ['waits for its time', waiting, [at('10T10:00'), '待发，预计 2018年7月10日 10时20分 发出', 'before']],
  ['was due as it was written', { ...waiting, dueAt: at('10T10:00') }, [at('10T10:00'), '待发', 'before']],
  ['was tried and waits for the server', { ...waiting, attempts: 1 }, [at('10T10:00'), '待发', 'before']],
  ['waits for a person', { ...written, state: 'held' }, [at('10T10:00'), '等人决定', 'before']],
  ['is in hand', { ...written, state: 'sending' }, [at('10T10:00'), '正在发送', 'before']],
  ['left', { ...written, sentAt: at('10T10:21') }, [at('10T10:21'), '已发出', 'after']],
  ['could not leave', { ...written, state: 'failed', failedAt: at('10T10:22') }, [at('10T10:22'), '没有发出', 'after']],
  ['came back', { ...written, state: 'bounced', sentAt: at('10T10:21') }, [at('10T10:21'), '被退回', 'after']],
])(
  'a letter that %s stands in the history where that happened, and what is still to come is said so',
  (_, given, said) => {
    expect(lineOf(given)).toEqual(said);
  },
);
