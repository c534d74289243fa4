import { describe, expect, test } from '@jest/globals';
import { dutyKinds } from '../../src/reports/duties/duty.ts';
import { dutiesOf } from '../../src/reports/duties.ts';
import type { OfficeFacts } from '../../src/reports/facts.ts';
import { balanceOf, letter, mail, office, recorded } from './office.ts';

const at = (time: string) => new Date(`2018-07-${time}:00+08:00`);
const told = (given: Partial<OfficeFacts>) =>
  dutiesOf(office(given)).map(({ kind, text, command }) => ({ kind, text, command }));
const kinds = (given: Partial<OfficeFacts>) => dutiesOf(office(given)).map(({ kind }) => kind);

const show = 'npx shouli show JZGJ-2018-0001';
const behind = (expiresAt: string | null, name = '材料.rar') => ({
  why: 'behind_link' as const,
  file: name,
  mightBe: ['performance_sheet'],
  link: { provider: '网易超大附件', name, bytes: null, expiresAt, url: '' },
});
const locked = {
  why: 'unreadable' as const,
  reason: 'encrypted' as const,
  file: '表.doc',
  mightBe: ['recommendation_form'],
};
const stranger = { name: '某厂工会', known: false, quota: 1 };
const alarm = { kind: 'login', text: '邮箱登录失败，请核对授权码', raisedAt: at('18T02:00'), clearedAt: null };
const job = {
  id: 'intake-7-1',
  kind: 'intake' as const,
  row: 7,
  stage: '读取附件',
  attempts: 3,
  reason: '读取程序意外中断',
  failedAt: at('17T20:00'),
};

/** One of each: what it is about, what is said, what to run. */
const each: [trouble: string, Partial<OfficeFacts>, { kind: string; text: string; command: string }][] = [
  [
    'an alarm',
    { alarms: [alarm] },
    { kind: 'mailbox', text: '邮箱登录失败，请核对授权码', command: 'npx shouli doctor' },
  ],
  [
    'a mail is missing from the ledger',
    { balance: balanceOf([], at('18T08:29'), 1) },
    { kind: 'mailbox', text: '邮件数对不上：服务器1封，台账0封，请查明是哪几封', command: 'npx shouli doctor' },
  ],
  [
    'nobody fetches mail any more',
    { mailbox: { lastPollAt: at('18T01:00'), folders: [] } },
    {
      kind: 'mailbox',
      text: '2018年7月18日 01时00分以后没有成功收过信，请检查网络和邮箱设置',
      command: 'npx shouli doctor',
    },
  ],
  [
    'a link dies in three days',
    { applications: [recorded(1, { form4: null, open: [behind('2018-07-21T08:30:00+08:00')] })] },
    {
      kind: 'link_expiring',
      text: '网易超大附件“材料.rar”7月21日失效（还有3天），请尽快下载补入：JZGJ-2018-0001 解放区总工会—李建国',
      command: show,
    },
  ],
  [
    'a link is dead',
    { applications: [recorded(1, { form4: null, open: [behind('2018-07-17')] })] },
    {
      kind: 'link_expiring',
      text: '网易超大附件“材料.rar”7月17日已失效，请联系单位重发：JZGJ-2018-0001 解放区总工会—李建国',
      command: show,
    },
  ],
  [
    'a letter came back',
    { letters: [letter(4, { state: 'bounced', number: 'JZGJ-2018-0009', reason: '550 没有这个用户' })] },
    {
      kind: 'letter_undelivered',
      text: '材料接收回执被退回（550 没有这个用户），请另想办法告知：gonghui@example.com',
      command: 'npx shouli show JZGJ-2018-0009',
    },
  ],
  [
    'letters stopped and forgotten',
    { lettersStopped: true, letters: [letter(1, { state: 'due' }), letter(2, { state: 'due' })] },
    { kind: 'letters_stopped', text: '发信已由人停止，有2封回函在等，可以发时请恢复', command: 'npx shouli resume' },
  ],
  [
    'a demand after the cut-off',
    { letters: [letter(1, { state: 'held', kind: 'correction_request', reason: '截止后的补正' })] },
    { kind: 'letter_held', text: '材料补正通知请决定是否发出（截止后的补正）：gonghui@example.com', command: show },
  ],
  [
    'a question',
    { messages: [mail(1, { needsPerson: true, fate: 'set_aside', subject: '能否延期？' })] },
    { kind: 'question', text: '请看来信：“能否延期？”，gonghui@example.com，7月17日', command: 'npx shouli messages' },
  ],
  [
    'a question in a mail that brought materials',
    { applications: [recorded(1, { form4: null, toRead: ['请问纸质版什么时候交？'] })] },
    {
      kind: 'question',
      text: '来信里有话要人看“请问纸质版什么时候交？”：JZGJ-2018-0001 解放区总工会—李建国',
      command: show,
    },
  ],
  [
    'a union that is not on the roster',
    { applications: [recorded(1, { union: stranger, form4: null })] },
    { kind: 'union_unknown', text: '推荐单位不在名册内，请核实：JZGJ-2018-0001 某厂工会—李建国', command: show },
  ],
  [
    'nobody says which union',
    { applications: [recorded(1, { union: null, form4: null })] },
    { kind: 'union_unknown', text: '看不出推荐单位，请核实：JZGJ-2018-0001 单位不明—李建国', command: show },
  ],
  [
    'a locked file',
    { applications: [recorded(1, { form1: null, open: [locked] })] },
    { kind: 'file_to_look_at', text: '推荐表的文件请人工查看：JZGJ-2018-0001 解放区总工会—李建国', command: show },
  ],
  [
    'a link that lives a while yet',
    { applications: [recorded(1, { form4: null, open: [behind('2018-08-10')] })] },
    {
      kind: 'file_to_look_at',
      text: '基本情况及主要业绩量化表的文件请人工下载查看：JZGJ-2018-0001 解放区总工会—李建国',
      command: show,
    },
  ],
  [
    'a day late',
    { now: at('23T08:30'), applications: [recorded(1, { receivedAt: '2018-07-22T00:00:00+08:00' })] },
    { kind: 'late', text: '7月22日逾期收到，请决定是否接收：JZGJ-2018-0001 解放区总工会—李建国', command: show },
  ],
  [
    'an hour late',
    { now: at('21T08:30'), applications: [recorded(1, { receivedAt: '2018-07-21T01:00:00+08:00' })] },
    { kind: 'late', text: '截止后24小时内收到，请决定是否接收：JZGJ-2018-0001 解放区总工会—李建国', command: show },
  ],
  [
    'in time, but never complete',
    { now: at('21T00:00'), applications: [recorded(1, { form4: null })] },
    {
      kind: 'late',
      text: '报送时间已过，基本情况及主要业绩量化表未齐，请决定如何处理：JZGJ-2018-0001 解放区总工会—李建国',
      command: show,
    },
  ],
  [
    'a mail that fits two applications',
    {
      messages: [mail(3, { needsPerson: true })],
      proposals: [
        { message: 3, from: 'a@example.com', subject: '补充证书', perhaps: ['JZGJ-2018-0001', 'JZGJ-2018-0002'] },
      ],
    },
    {
      kind: 'proposal',
      text: '请认定来件属于哪一件，可能是JZGJ-2018-0001、JZGJ-2018-0002：“补充证书”，a@example.com，7月17日',
      command: 'npx shouli messages',
    },
  ],
  [
    'a mail that could not be taken in',
    { messages: [mail(7, { fate: 'failed' })], failed: [job] },
    {
      kind: 'failed_work',
      text: '邮件没能处理完（读取程序意外中断），请排除原因后重跑：“焦作工匠推荐材料”，gonghui@example.com，7月17日',
      command: 'npx shouli rerun 7',
    },
  ],
  [
    'a failed mail whose job is gone',
    { messages: [mail(7, { fate: 'failed', reason: '文件损坏' })] },
    {
      kind: 'failed_work',
      text: '邮件没能处理完（文件损坏），请排除原因后重跑：“焦作工匠推荐材料”，gonghui@example.com，7月17日',
      command: 'npx shouli rerun 7',
    },
  ],
  [
    'new material after the decision',
    {
      applications: [recorded(1, { receivedAt: '2018-07-17T15:00:00+08:00' }, { status: 'accepted' })],
      decisions: { 'JZGJ-2018-0001': [{ kind: 'accept', note: '', by: '王某', at: at('17T14:59') }] },
    },
    { kind: 'changed', text: '处理之后又收到材料，请再看一次：JZGJ-2018-0001 解放区总工会—李建国', command: show },
  ],
  [
    'complete',
    { applications: [recorded(1)] },
    { kind: 'review', text: '材料齐全，请审核：JZGJ-2018-0001 解放区总工会—李建国', command: show },
  ],
];

describe('each trouble asks for a person once', () => {
  test.each(each)('%s', (_, given, duty) => {
    expect(told(given)).toEqual([duty]);
  });

  test('every kind has its trouble here', () => {
    expect([...new Set(each.map(([, , { kind }]) => kind))].sort()).toEqual([...dutyKinds].sort());
  });
});

describe('nothing is asked for', () => {
  test.each<[string, Partial<OfficeFacts>]>([
    [
      'what the union has to mend before the cut-off',
      { now: at('20T23:59'), applications: [recorded(1, { form4: null })] },
    ],
    ['an accepted application', { applications: [recorded(1, {}, { status: 'accepted' })] }],
    [
      'a declined late one',
      {
        now: at('23T08:30'),
        applications: [recorded(1, { receivedAt: '2018-07-22T00:00:00+08:00' }, { status: 'declined' })],
      },
    ],
    ['an alarm that is over', { alarms: [{ ...alarm, clearedAt: at('18T03:00') }] }],
    ['letters stopped when none is due', { lettersStopped: true, letters: [letter(1)] }],
    ['a letter that came back, made good by the next', { letters: [letter(1, { state: 'bounced' }), letter(2)] }],
    [
      'new material before the decision',
      {
        applications: [recorded(1, { receivedAt: '2018-07-17T15:00:00+08:00' }, { status: 'accepted' })],
        decisions: { 'JZGJ-2018-0001': [{ kind: 'accept', note: '', by: '王某', at: at('17T15:00') }] },
      },
    ],
  ])('%s', (_, given) => {
    expect(kinds(given)).toEqual([]);
  });
});

test('links: three days and a minute is not yet soon; the first to die speaks for all', () => {
  const withLinks = (...ends: string[]) =>
    dutiesOf(
      office({
        applications: [recorded(1, { form4: null, open: ends.map((end, index) => behind(end, `${index}.rar`)) })],
      }),
    );
  expect(withLinks('2018-07-21T08:31:00+08:00').map(({ kind }) => kind)).toEqual(['file_to_look_at']);
  const [both] = withLinks('2018-07-20T12:00:00+08:00', '2018-07-19T12:00:00+08:00');
  expect(both).toMatchObject({ kind: 'link_expiring', due: at('19T12:00'), number: 'JZGJ-2018-0001' });
  expect(both?.text).toMatch(/^网易超大附件“1.rar”等2个链接7月19日失效/);
});

test('incomplete after the cut-off, with a letter held about it: one thing to decide, not two', () => {
  const given = { now: at('21T08:30'), applications: [recorded(1, { form4: null })] };
  expect(kinds(given)).toEqual(['late']);
  expect(kinds({ ...given, letters: [letter(1, { state: 'held', kind: 'correction_request' })] })).toEqual([
    'letter_held',
  ]);
});

test('a letter that failed with its job is told once, among the letters', () => {
  const failed = [{ ...job, id: 'deliver-4-1', kind: 'deliver' as const, row: 4 }];
  expect(kinds({ letters: [letter(4, { state: 'failed' })], failed })).toEqual(['letter_undelivered']);
});

test('most urgent first: mail may be lost, then what dies, then who waits; reviews last', () => {
  const given: Partial<OfficeFacts> = {
    alarms: [alarm],
    applications: [
      recorded(1),
      recorded(2, { form1: null, open: [locked] }),
      recorded(3, { form4: null, open: [behind('2018-07-20')] }),
      recorded(4, { union: stranger, form4: null }),
    ],
    letters: [letter(1, { state: 'held' }), letter(2, { state: 'failed', number: 'JZGJ-2018-0002' })],
    messages: [mail(7, { fate: 'failed' }), mail(8, { needsPerson: true })],
    failed: [job],
  };
  const duties = dutiesOf(office(given));
  expect(duties.map(({ kind }) => kind)).toEqual([
    'mailbox',
    'link_expiring',
    'letter_undelivered',
    'letter_held',
    'question',
    'union_unknown',
    'file_to_look_at',
    'failed_work',
    'review',
  ]);
  expect(duties.map(({ urgency }) => urgency)).toEqual([1, 2, 3, 5, 6, 7, 8, 11, 13]);
});

test('among equals the one that has waited longest', () => {
  const messages = ['16T10:00', '15T10:00', '17T10:00'].map((time, index) =>
    mail(index + 1, { needsPerson: true, receivedAt: at(time) }),
  );
  expect(dutiesOf(office({ messages })).map(({ message }) => message)).toEqual([2, 1, 3]);
});
