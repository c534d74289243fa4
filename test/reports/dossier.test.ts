import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { dossierText } from '../../src/reports/dossier.ts';
import { notice } from '../support/notice.ts';
import { letter, mail, recorded } from './office.ts';

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
  const messages = [
    mail(2, { receivedAt: at('18T10:02'), subject: '', from }),
    mail(1, { receivedAt: at('17T16:30'), subject: '推荐材料', from }),
  ];
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
  const decisions = [{ kind: 'return' as const, note: '证书不清楚', by: '王某', at: at('18T09:15') }];
  expect(dossierText(record, messages, letters, decisions, notice)).toBe(
    readFileSync('test/reports/golden/dossier.txt', 'utf8'),
  );
});

test('nothing found and nothing happened is said, not left blank', () => {
  const text = dossierText(recorded(1), [], [], [], notice);
  expect(text).toContain('问题\n  没有\n\n经过\n  没有\n');
  expect(text).not.toContain('链接中的文件');
});
