import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Parser } from 'htmlparser2';
import { digestOf } from '../../src/reports/digest/digest.ts';
import { digestHtml } from '../../src/reports/digest/html.ts';
import { digestSubject, digestText } from '../../src/reports/digest/text.ts';
import type { OfficeFacts } from '../../src/reports/facts.ts';
import { julyDay } from './july-day.ts';
import { balanceOf, letter, mail, office, recorded } from './office.ts';

const at = (time: string) => new Date(`2018-07-${time}:00+08:00`);
const golden = (name: string) => readFileSync(`test/reports/golden/${name}.txt`, 'utf8');
const quiet = (given: Partial<OfficeFacts> = {}) => digestOf(office({ now: at('15T08:30'), ...given }), '2018-07-15');

/** What a reader sees of a page: its text without marks. */
function visible(html: string): string {
  let text = '';
  const parser = new Parser({ ontext: (piece) => (text += piece) }, { decodeEntities: true });
  parser.end(html);
  return text;
}

test('the morning of 18 July reads as the office wants to read it', () => {
  const digest = digestOf(julyDay(), '2018-07-18');
  expect(digestSubject(digest)).toBe('收件日报7月18日：新收10 待审1 待补正3 需处理8');
  expect(digestText(digest)).toBe(golden('july-18'));
});

test('a quiet day of the rehearsal is told too, and says that it is one', () => {
  const digest = quiet({ rehearsal: true });
  expect(digestSubject(digest)).toBe('【演练】收件日报7月15日：新收0 待审0 待补正0 需处理0');
  expect(digestText(digest)).toBe(golden('quiet-day'));
  expect(visible(digestHtml(digest))).toContain('【演练】收件日报 7月15日');
});

test('it survives the database: text and page are the same from its JSON', () => {
  const digest = digestOf(julyDay(), '2018-07-18');
  const kept = JSON.parse(JSON.stringify(digest));
  expect(kept).toEqual(digest);
  expect(digestText(kept)).toBe(digestText(digest));
});

test('the page says every sentence of the text, with no link, picture or style sheet', () => {
  const digest = digestOf(julyDay(), '2018-07-18');
  const html = digestHtml(digest);
  const shown = visible(html);
  const sentences = digestText(digest)
    .split('\n')
    .map((line) => line.replace(/^(?:\d+\. |\s*· |\s+)/, ''))
    .filter((line) => !/^JZGJ|^\d[✓✗改]|名额\d|^新收邮件/.test(line)); // these stand in cells of a table
  expect(sentences.filter((line) => !shown.includes(line))).toEqual([]);
  expect(html).not.toMatch(/<(?:a|img|link|script|style|iframe)\b|https?:|url\(/i);
});

describe('“系统正常” is never said when it is not', () => {
  test.each<[string, Partial<OfficeFacts>]>([
    ['the counts differ', { balance: balanceOf([], at('15T08:29'), 1) }],
    [
      'the counts are said to agree, but a folder’s do not',
      { balance: { ...balanceOf([], at('15T08:29')), folders: [{ folder: 'INBOX', server: 3, ledger: 2 }] } },
    ],
    ['the sums differ, whatever is said', { balance: { ...balanceOf([], at('15T08:29'), 1), folders: [], ok: true } }],
    ['a mail of the ledger has no fate', { balance: { ...balanceOf([], at('15T08:29')), server: 1, ledger: 1 } }],
    ['nobody has counted', { balance: null }],
    ['an alarm stands', { alarms: [{ kind: 'login', text: '授权码不对', raisedAt: at('15T01:00'), clearedAt: null }] }],
    ['no mail was fetched for a night', { mailbox: { lastPollAt: at('14T22:00'), folders: ['INBOX'] } }],
    [
      'work failed',
      {
        failed: [
          {
            id: 'intake-1-1',
            kind: 'intake',
            row: 1,
            stage: '读取',
            attempts: 3,
            reason: '中断',
            failedAt: at('10T10:00'),
          },
        ],
      },
    ],
    ['the disk is nearly full', { disk: { freeBytes: 200_000_000 } }],
  ])('%s', (_, given) => {
    const digest = quiet(given);
    expect(digest.system.ok).toBe(false);
    expect(digestText(digest)).toContain('今日无新邮件；系统状况请看第七项');
    expect(digestText(digest)).not.toContain('系统正常');
  });

  test('an alarm that was cleared is over', () => {
    const alarm = { kind: 'login', text: '授权码不对', raisedAt: at('14T01:00'), clearedAt: at('14T02:00') };
    expect(quiet({ alarms: [alarm] }).system.ok).toBe(true);
  });

  test('office time that jumps over a night in the rehearsal says nothing of the mailbox', () => {
    expect(quiet({ rehearsal: true, mailbox: { lastPollAt: at('13T10:00'), folders: ['INBOX'] } }).system.ok).toBe(
      true,
    );
  });
});

describe('the balance', () => {
  test('differs: where, and by how much', () => {
    const balance = { ...balanceOf([], at('15T08:29')), server: 12, ledger: 11, ok: false };
    balance.folders = [
      { folder: 'INBOX', server: 10, ledger: 10 },
      { folder: '垃圾邮件', server: 2, ledger: 1 },
    ];
    balance.byFate.recorded = 11;
    const text = digestText(quiet({ balance }));
    expect(text).toContain(
      '服务器12封，台账11封（录入11 暂存0 失败0 待处理0 开始前0），对不上：垃圾邮件 服务器2 台账1，请查明',
    );
    expect(text).not.toContain('无遗漏');
  });

  test('before the first count nothing is vouched for', () => {
    const digest = quiet({ balance: null, messages: [mail(1)] });
    expect(digest.balance).toEqual({
      at: null,
      folders: [],
      server: null,
      ledger: 1,
      byFate: { recorded: 1, set_aside: 0, failed: 0, pending: 0, before_round: 0 },
      ok: false,
    });
    expect(digestText(digest)).toContain('还没有与邮箱服务器核对过');
  });
});

describe('which mails are new', () => {
  const newOn = (day: string, keptAt: string, now = '19T08:30') =>
    digestOf(office({ now: at(now), messages: [mail(1, { keptAt: at(keptAt) })] }), day).totals.newMessages;

  test.each([
    ['the minute before the digest hour: that morning’s', '17T08:29', [1, 0]],
    ['the digest hour itself: the next morning’s', '17T08:30', [0, 1]],
    ['the last minute of the window', '18T08:29', [0, 1]],
  ])('%s', (_, keptAt, [on17, on18]) => {
    expect([newOn('2018-07-17', keptAt), newOn('2018-07-18', keptAt)]).toEqual([on17, on18]);
  });

  test('arrived before the digest hour, fetched after it: new the next morning, not never', () => {
    const late = mail(1, { receivedAt: at('17T08:29'), keptAt: at('17T08:31') });
    const on = (day: string) => digestOf(office({ now: at('19T08:30'), messages: [late] }), day).totals.newMessages;
    expect([on('2018-07-17'), on('2018-07-18')]).toEqual([0, 1]);
  });

  test('asked for in the afternoon, today’s digest tells of the afternoon', () => {
    expect(newOn('2018-07-18', '18T14:00', '18T15:00')).toBe(1);
    expect(newOn('2018-07-18', '18T14:00', '19T08:30')).toBe(0);
  });

  test('mails from before the round are counted as such, not as new', () => {
    const digest = quiet({ messages: [mail(1, { keptAt: at('14T12:00'), fate: 'before_round' })] });
    expect(digest.totals.newMessages).toBe(0);
    expect(digest.setAside).toEqual([{ reason: 'before_round', name: '本批开始以前的邮件', count: 1 }]);
  });
});

test.each([
  ['2018-07-19', '距报送截止（7月20日前）还有1天'],
  ['2018-07-20', '今天是报送截止日（7月20日前）'],
  ['2018-07-21', '报送时间（7月20日前）已过'],
])('on %s: %s', (day, said) => {
  expect(digestText(digestOf(office({ now: new Date(`${day}T08:30:00+08:00`) }), day))).toContain(said);
});

describe('units against their quota', () => {
  const union = { name: '温县总工会', known: true, quota: 2 };
  const three = ['甲某', '乙某', '丙某'].map((nominee, index) => recorded(index + 1, { union, nominee }));
  const wenxian = (applications: typeof three) =>
    digestOf(office({ applications }), '2018-07-18').units.find((unit) => unit.union === '温县总工会');

  test('a third nominee is over the quota of two, and only staff read it', () => {
    expect(wenxian(three.slice(0, 2))).toMatchObject({ quota: 2, received: 2, complete: 2, overQuota: false });
    expect(wenxian(three)).toMatchObject({ quota: 2, received: 3, complete: 3, overQuota: true });
  });

  test('a declined nominee leaves the place free', () => {
    expect(
      wenxian(three.map((record, index) => (index === 0 ? { ...record, status: 'declined' } : record))),
    ).toMatchObject({
      overQuota: false,
    });
  });

  test('roster order first, then the others; nobody’s nominees stand together', () => {
    const applications = [
      recorded(1, { union: null, nominee: '甲某', receivedAt: '2018-07-10T10:00:00+08:00' }),
      recorded(2, { union: { name: '某厂工会', known: false, quota: 1 }, receivedAt: '2018-07-09T10:00:00+08:00' }),
      recorded(3, { union: null, nominee: '乙某', receivedAt: '2018-07-11T10:00:00+08:00' }),
    ];
    const { units } = digestOf(office({ applications }), '2018-07-18');
    expect(units.slice(0, 2).map((unit) => unit.union)).toEqual(['解放区总工会', '山阳区总工会']);
    expect(units.slice(12).map(({ union: name, received }) => [name, received])).toEqual([
      ['某厂工会', 1],
      [null, 2],
    ]);
  });
});

test('whose move it is: every application stands in one group', () => {
  const receivedAt = '2018-07-21T00:00:00+08:00';
  const locked = {
    why: 'unreadable' as const,
    reason: 'encrypted' as const,
    file: '表.doc',
    mightBe: ['recommendation_form'],
  };
  const applications = [
    recorded(1, { form4: null }),
    recorded(2, { form1: null, open: [locked] }),
    recorded(3),
    recorded(4, { receivedAt }),
    recorded(5, { receivedAt, form4: null }),
    recorded(6, { receivedAt }, { status: 'accepted' }),
  ];
  const { totals } = digestOf(office({ now: at('21T08:30'), applications }), '2018-07-21');
  expect(totals).toMatchObject({
    applications: 6,
    complete: 3,
    awaitingUnion: 1,
    awaitingLook: 1,
    awaitingReview: 1,
    awaitingDecision: 2,
    reviewed: 1,
    late: 3,
  });
});

test('a nominee of whom all lies in one archive is told as 全部6项', () => {
  const nothing = { form1: null, awards: null, patents: null, form4: null, certificates: {}, photo: null };
  const applications = [
    recorded(1, { ...nothing, open: [{ file: '材料.rar', mightBe: Object.keys(recorded(2).requirements) }] }),
  ];
  expect(digestText(digestOf(office({ applications }), '2018-07-18'))).toContain('李建国：待查看全部6项\n');
});

test('a first morning with a backlog of hundreds stays a page; the data holds them all', () => {
  const one = recorded(1);
  const applications = Array.from({ length: 61 }, (_, index) => ({ ...one, number: `JZGJ-2018-${1000 + index}` }));
  const messages = [mail(1, { applications: applications.map(({ number }) => number) })];
  const digest = digestOf(office({ applications, messages }), '2018-07-18');
  expect(digest.today).toHaveLength(61);
  expect(digestText(digest)).toContain('另有1件：见审核台“申报件”，或 npx shouli applications');
  expect(digestText(digest)).toContain('JZGJ-2018-1059');
  expect(digestText(digest)).not.toContain('JZGJ-2018-1060');
  expect(visible(digestHtml(digest))).toContain('另有1件：见审核台“申报件”，或 npx shouli applications');
});

test('a clerk who has never opened a terminal is told where at the desk things are done, in text and in HTML', () => {
  const digest = digestOf(office({ applications: [recorded(1)] }), '2018-07-18');
  expect(digestText(digest)).toContain('逐项查看：审核台“今日”');
  expect(visible(digestHtml(digest))).toContain('逐项查看：审核台“今日”');
});

test('many of a kind without numbers: the first speaks, the others are counted', () => {
  const messages = Array.from({ length: 12 }, (_, index) =>
    mail(index + 1, { needsPerson: true, fate: 'set_aside', subject: `问题${index + 1}` }),
  );
  const text = digestText(digestOf(office({ messages }), '2018-07-18'));
  expect(text).toContain('1. 请看来信：“问题1”，gonghui@example.com，7月17日；同类另有11项\n逐项查看');
});

test('forty held letters hide no question: a kind that would push another off the page is one line', () => {
  const letters = Array.from({ length: 40 }, (_, index) =>
    letter(index + 1, {
      state: 'held',
      number: `JZGJ-2018-${String(index + 1).padStart(4, '0')}`,
      dueAt: at('16T10:00'),
    }),
  );
  const messages = [mail(1, { needsPerson: true, fate: 'set_aside', subject: '能否延期？' })];
  const text = digestText(digestOf(office({ letters, messages }), '2018-07-18'));
  expect(text).toContain(
    '1. 回函请决定是否发出（40项，最早7月16日）：JZGJ-2018-0001、JZGJ-2018-0002、JZGJ-2018-0003等\n2. 请看来信',
  );
  expect(text).not.toContain('3. ');
});
