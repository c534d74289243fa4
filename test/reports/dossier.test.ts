import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { dossierText } from '../../src/reports/dossier.ts';
import { sayHistory } from '../../src/reports/history.ts';
import { notice } from '../support/notice.ts';
import { letter, recorded } from './office.ts';

const at = (time: string) => new Date(`2018-07-${time}:00+08:00`);

test('the page of one application: what stands, what was found and where, what happened in order', () => {
  const link = {
    provider: 'QQ邮箱超大附件',
    name: '量化表.xlsx',
    bytes: 1,
    expiresAt: '2018-08-15',
    url: 'https://mail.qq.com/cgi-bin/ftnExs_download?k=1',
  };
  const record = recorded(
    5,
    {
      union: { name: '某厂工会', known: false, quota: 1 },
      nominee: '卢俊杰',
      form1: { '岗位（工种）': '' },
      form4: null,
      certificates: { innovation_list: 1 },
      onPaper: ['honor_certificates'],
      open: [{ why: 'behind_link', file: '量化表.xlsx', mightBe: ['performance_sheet'], link }],
      receivedAt: '2018-07-17T16:30:00+08:00',
    },
    { status: 'returned', lastReceivedAt: at('18T10:02') },
  );
  const from = 'wenxian@example.com';
  const mailed = (said: string, subject: string) => {
    return {
      kind: 'mail' as const,
      mail: subject,
      subject,
      from,
      brought: null,
      left: false,
      at: at(said),
      version: 1,
    };
  };
  const letters = [
    letter(2, {
      kind: 'correction_request',
      state: 'held',
      dueAt: at('18T10:22'),
      to: from,
      reason: '发信方式设为由人发出',
    }),
    letter(1, { kind: 'correction_request', dueAt: at('17T16:50'), to: from }),
  ];
  const decisions = [{ kind: 'return' as const, note: '证书不清楚', by: '王某', at: at('18T09:15'), act: null }];
  const happenings = [mailed('18T10:02', ''), mailed('17T16:30', '推荐材料')];
  const [first, second] = [
    { message: '7', receivedAt: at('17T16:30') },
    { message: '9', receivedAt: at('18T10:02'), broughtBy: '王某' },
  ];
  const everything = notice.requirements.map(({ code }) => code);
  const open = [
    { why: 'behind_link' as const, file: '量化表.xlsx', mightBe: ['performance_sheet'], source: first },
    { why: 'unreadable' as const, file: '证书.pdf', mightBe: ['patent_list'], source: first },
    { why: 'unreadable' as const, file: '证书.pdf', mightBe: ['honor_certificates'], source: first },
    { why: 'unreadable' as const, file: '材料.rar', mightBe: everything, source: first },
    { why: 'unreadable' as const, file: '材料.rar', mightBe: everything, source: second }, // another of the same name
  ];
  const loose = [{ file: '单位标志.png', note: '签名中的图片' }];
  const history = sayHistory({ happenings, acts: [], letters, decisions }, notice);
  expect(dossierText({ record, history, open, loose }, notice)).toBe(
    readFileSync('test/reports/golden/dossier.txt', 'utf8'),
  );
});

test('what people said stands where it counts', () => {
  const said = { by: '王某', reason: '已当面核对', at: '2018-07-18T09:15:00+08:00', act: 'JZGJ-2018-0005/1' };
  const one = recorded(5, { form4: null });
  const [missing] = one.findings;
  const sheet = {
    state: 'present' as const,
    files: [],
    acceptedBy: said,
    paper: { ...said, copies: 1, sealSeen: true },
  };
  const form = { state: 'present' as const, files: [], paper: { ...said, copies: 2, sealSeen: false } };
  const record = {
    ...one,
    requirements: { ...one.requirements, performance_sheet: sheet, recommendation_form: form },
    findings: [],
    dismissed: missing ? [{ ...missing, dismissedBy: said }] : [],
    isGone: true,
    mergedInto: 'JZGJ-2018-0006',
  };
  const text = dossierText({ record, history: [], open: [], loose: [] }, notice);
  expect(text).toContain('JZGJ-2018-0005　已并入JZGJ-2018-0006\n');
  expect(text).toContain('量化表　已收到\n     由王某认可：已当面核对\n     纸质1份，已见公章　王某\n');
  expect(text).toContain('推荐表　已收到\n     纸质2份（应交3份），未见公章　王某\n'); // 一式三份
  expect(text).toContain(
    '问题\n  没有\n\n认定不算的问题\n  未见基本情况及主要业绩量化表，所有附件均已打开查看\n     由王某认定不算问题：已当面核对\n',
  );
});

test('nothing found and nothing happened is said, not left blank', () => {
  const text = dossierText({ record: recorded(1), history: [], open: [], loose: [] }, notice);
  expect(text).toContain('问题\n  没有\n\n经过\n  没有\n');
  expect(text).not.toContain('链接中的文件');
});
