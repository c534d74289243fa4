import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { history } from '../../../src/office/history.ts';
import type { Deed } from '../../../src/review/acts.ts';
import { type Desk, done, openDesk } from '../../support/desk.ts';
import { persona } from '../../support/life.ts';

/** 郭卫东 lacks two materials; his union is asked for them. What a person says of it lasts. */
let desk: Desk;
let number = '';

beforeAll(async () => {
  desk = await openDesk('10 08:00');
  await desk.arrives('10 10:00', persona('two-items-missing'));
  number = await desk.numberOf('郭卫东');
}, 60_000);
afterAll(() => desk.close());

const stateOf = async (requirement: string) => (await desk.record(number)).requirements[requirement];
const keyOf = async (requirement: string) =>
  (await desk.record(number)).findings.find((finding) => finding.requirement === requirement)?.key ?? '';

describe('a person accepts one and dismisses the other demand', () => {
  test('what is accepted counts as there, says by whom, and is no longer open', async () => {
    const act = done(
      await desk.act({ kind: 'accept_requirement', number, requirement: 'performance_sheet', reason: '已当面核对' }),
    );
    expect(await stateOf('performance_sheet')).toMatchObject({
      state: 'present',
      acceptedBy: { by: 'wang', reason: '已当面核对', act },
    });
    const { findings, dismissed, complete } = await desk.record(number);
    expect(findings.map(({ requirement }) => requirement)).toEqual(['honor_certificates']);
    expect(dismissed).toMatchObject([{ code: 'material_missing', dismissedBy: { by: 'wang', reason: '已当面核对' } }]);
    expect([complete, await desk.letters(number)]).toEqual([false, ['correction_request due']]);
    await desk.survives();
  }, 60_000);

  test('when the last blocking finding is dismissed the receipt falls due, twenty minutes on, and the demand never goes', async () => {
    await desk.passes('10 10:01');
    done(
      await desk.act({ kind: 'dismiss_finding', number, finding: await keyOf('honor_certificates'), reason: '无荣誉' }),
    );
    expect(await desk.record(number)).toMatchObject({ complete: true, status: 'complete', findings: [] });
    expect((await desk.record(number)).dismissed).toHaveLength(2);
    expect(await desk.letters(number)).toEqual(['receipt due']);
    await desk.loseAndRebuild();
    await desk.passes('10 10:20:59');
    expect(await desk.letters(number)).toEqual(['receipt due']);
    await desk.passes('10 10:21:00');
    await desk.survives();
    expect(await desk.letters(number)).toEqual(['receipt sent']);
    expect(desk.outbox().filter((raw) => raw.includes(number))).toHaveLength(1);
  }, 60_000);

  test('taken back, both are open again; the union is asked, once', async () => {
    await desk.passes('10 10:30');
    for (const id of [`${number}/2`, `${number}/1`])
      done(await desk.act({ kind: 'undo', number, act: id, note: '点错了' }));
    expect((await desk.record(number)).findings.map(({ requirement }) => requirement)).toEqual([
      'performance_sheet',
      'honor_certificates',
    ]);
    expect(await stateOf('performance_sheet')).not.toHaveProperty('acceptedBy');
    await desk.survives();
    await desk.passes('10 11:00');
    expect(await desk.letters(number)).toEqual(['receipt sent', 'correction_request sent']);
  }, 60_000);

  test('the history tells all of it in order, also what was taken back', async () => {
    const lines = await history(desk.office(), number);
    expect(lines.map(({ kind, by, text, undone }) => `${kind} ${by ?? ''} ${text}${undone ? ' !' : ''}`)).toEqual([
      expect.stringMatching(/^mail {2}收到新邮件　.*mcq-gonghui@163.com$/),
      expect.stringMatching(/^state {2}首次核对　推荐表 已收到.*基本情况及主要业绩量化表 未见.*问题新增2条$/),
      'letter  写好材料补正通知',
      expect.stringMatching(/^state {2}重新核对　基本情况及主要业绩量化表 未见 → 已收到；问题消除1条$/),
      'letter  写好材料补正通知',
      'act wang 认可“基本情况及主要业绩量化表”：已当面核对　已撤销 !',
      expect.stringMatching(/^state {2}重新核对　主要荣誉证书复印件 未见 → 已收到；问题消除1条$/),
      'letter  写好材料接收回执',
      'act wang 认定一处不算问题：无荣誉　已撤销 !',
      'letter  材料接收回执　已发出　mcq-gonghui@163.com',
      expect.stringMatching(/^state .*已收到 → 未见；问题新增1条$/),
      'letter  写好材料补正通知',
      'act wang 撤销：认定一处不算问题：无荣誉（点错了）',
      expect.stringMatching(/^state .*已收到 → 未见；问题新增1条$/),
      'letter  写好材料补正通知',
      expect.stringMatching(/^act wang 撤销：认可/),
      expect.stringMatching(/^letter {2}材料补正通知　已发出/),
    ]);
  });
});

describe('paper, notes and decisions', () => {
  test('certificates on paper need not be sent; a form on paper is a fact, and the file is still asked for', async () => {
    done(await desk.act({ kind: 'paper', number, requirement: 'honor_certificates', copies: 1, sealSeen: false }));
    done(await desk.act({ kind: 'paper', number, requirement: 'performance_sheet', copies: 1, sealSeen: true }));
    expect(await stateOf('honor_certificates')).toMatchObject({
      state: 'on_paper',
      paper: { copies: 1, sealSeen: false },
    });
    expect(await stateOf('performance_sheet')).toMatchObject({
      state: 'missing',
      paper: { copies: 1, sealSeen: true },
    });
    await desk.survives();
  }, 60_000);

  test('a note changes nothing but the history', async () => {
    const before = await desk.record(number);
    done(await desk.act({ kind: 'note', number, text: '已电话联系，说下周补' }));
    expect(await desk.record(number)).toEqual({ ...before, version: before.version + 1 });
    expect((await history(desk.office(), number)).map(({ text }) => text)).toContain('备注：已电话联系，说下周补');
    await desk.survives();
  }, 60_000);

  test('a decision taken back gives the status of before', async () => {
    const decided = done(await desk.act({ kind: 'decide', number, decision: 'accept', note: '齐全' }));
    expect((await desk.record(number)).status).toBe('accepted');
    await desk.survives();
    done(await desk.act({ kind: 'undo', number, act: decided, note: '还差量化表' }));
    expect((await desk.record(number)).status).toBe('incomplete');
    await desk.survives();
  }, 60_000);
});

describe('what the door refuses, with the books left as they are', () => {
  const of = (deed: object) => ({ number, ...deed }) as Deed;
  test.each<[string, object, string]>([
    ['no such application', { kind: 'note', number: 'JZGJ-2018-0999', text: '在吗' }, '没有编号'],
    ['no such material', { kind: 'paper', requirement: 'diploma', copies: 1, sealSeen: true }, '没有“diploma”这项'],
    ['a finding that is gone', { kind: 'dismiss_finding', finding: '0123456789abcdef', reason: '无妨' }, '已不存在'],
    ['no reason', { kind: 'accept_requirement', requirement: 'photo', reason: ' ' }, '请写明理由'],
    ['no such act', { kind: 'undo', act: 'JZGJ-2018-0001/99', note: '撤' }, '没有这一条'],
    ['a note taken back', { kind: 'undo', act: 'JZGJ-2018-0001/7', note: '撤' }, '不能撤销'],
    ['what was taken back once more', { kind: 'undo', act: 'JZGJ-2018-0001/1', note: '撤' }, '已经撤销过'],
    ['an undoing without a word', { kind: 'undo', act: 'JZGJ-2018-0001/5' }, '请写明理由'],
    ['copies that cannot be counted', { kind: 'paper', requirement: 'photo', copies: 1.5, sealSeen: true }, '整数'],
    ['a decision without a word', { kind: 'decide', decision: 'decline' }, '请写明理由'],
    ['a share that is nowhere', { kind: 'split', share: 'nowhere#0', to: 'new' }, '没有找到'],
    ['a merging into itself', { kind: 'merge', into: 'JZGJ-2018-0001' }, '不能并入自己'],
    ['a form where only a picture is asked for', reassigned('photo', 'form'), '不收表格'],
    ['a file of another mail', reassigned('photo', 'photo'), '不在本件里'],
    ['a letter that was written anew', { kind: 'hold_letter', letter: '<gone@126.com>' }, '没有这封信'],
    ['a name of sixty-one signs', { kind: 'set_union', name: '长'.repeat(61) }, '不超过60字'],
    ['no name', { kind: 'set_nominee', name: ' ' }, '请写出名称'],
  ])('%s', async (_, deed, said) => {
    const { version } = await desk.record(number);
    const result = await desk.act(of(deed), null);
    expect(result).toMatchObject({ refused: 'invalid', forPerson: expect.stringContaining(said) });
    expect((await desk.record(number)).version).toBe(version);
  });
});

function reassigned(requirement: string, part: string): object {
  return { kind: 'reassign_material', file: { mail: 'another', path: '照片.jpg' }, to: { requirement, part } };
}

describe('two people at one application', () => {
  test('whoever comes second with an old look is told what changed, and nothing of theirs is done', async () => {
    const { version } = await desk.record(number);
    done(await desk.act({ kind: 'set_nominee', number, name: '郭卫冬' }));
    const late = await desk.act({ kind: 'decide', number, decision: 'accept', note: '可以' }, version);
    expect(late).toMatchObject({ refused: 'stale', version: version + 1 });
    if (!('changes' in late)) throw new Error('not told what changed');
    expect(late.changes.map(({ by, text }) => [by, text])).toContainEqual(['wang', '推荐人选改为“郭卫冬”']);
    expect((await desk.record(number)).status).toBe('incomplete');
  });

  test('of two at the same moment exactly one is done', async () => {
    const { version } = await desk.record(number);
    const both = await Promise.all(
      ['甲', '乙'].map((who) => desk.act({ kind: 'note', number, text: `${who}看过` }, version)),
    );
    expect(both.map((result) => ('refused' in result ? result.refused : 'done')).sort()).toEqual(['done', 'stale']);
  });

  test('without a look, from the command line, both are done in turn', async () => {
    const { version } = await desk.record(number);
    const both = await Promise.all(
      ['甲', '乙'].map((who) => desk.act({ kind: 'note', number, text: `${who}又看过` }, null)),
    );
    expect(both.map((result) => 'done' in result)).toEqual([true, true]);
    expect((await desk.record(number)).version).toBe(version + 2);
    await desk.survives();
  }, 60_000);

  test('a new mail is such a change, too', async () => {
    const { version } = await desk.record(number);
    await desk.arrives(
      '10 12:00',
      Buffer.from(
        persona('two-items-missing').toString('latin1').replace('Message-ID: <', 'Message-ID: <again.'),
        'latin1',
      ),
    );
    const late = await desk.act({ kind: 'decide', number, decision: 'accept', note: '可以' }, version);
    expect(late).toMatchObject({
      refused: 'stale',
      changes: [{ kind: 'mail', text: expect.stringContaining('收到新邮件') }],
    });
  });
});
