import type { OfficeFacts } from '../../src/reports/facts.ts';
import { balanceOf, letter, mail, office, recorded } from './office.ts';

const at = (time: string) => new Date(`2018-07-${time}:00+08:00`);
const union = (name: string, quota = 2, known = true) => ({ name, known, quota });
const link = (name: string, expiresAt: string) => ({
  why: 'behind_link' as const,
  file: name,
  mightBe: ['performance_sheet', 'honor_certificates'],
  link: {
    provider: 'QQ邮箱超大附件',
    name,
    bytes: 88_000_000,
    expiresAt,
    url: 'https://mail.qq.com/cgi-bin/ftnExs_download?k=1',
  },
});

/** The morning of 18 July: two days left, and something of everything that can ask for a person. People are invented. */
export function julyDay(given: Partial<OfficeFacts> = {}): OfficeFacts {
  const applications = [
    recorded(1, { receivedAt: '2018-07-12T09:10:00+08:00' }, { status: 'accepted' }),
    recorded(2, { nominee: '赵晓梅', photo: null, photoInForm: false, receivedAt: '2018-07-13T10:00:00+08:00' }),
    recorded(3, { union: union('温县总工会'), nominee: '王小满', receivedAt: '2018-07-17T10:20:00+08:00' }),
    recorded(4, {
      union: union('修武县总工会'),
      nominee: '孙海涛',
      form4: null,
      certificates: { innovation_list: 1 },
      form1: { 职业资格: '中级工' },
      patents: [['1', '无', '', '', '', '']],
      onPaper: ['honor_certificates'],
      receivedAt: '2018-07-17T11:05:00+08:00',
    }),
    recorded(5, {
      union: union('城乡一体化示范区总工会'),
      nominee: '卢俊杰',
      form4: null,
      certificates: { innovation_list: 1, patent_list: 1 },
      open: [link('卢俊杰申报材料.rar', '2018-07-20T10:00:00+08:00')],
      receivedAt: '2018-07-17T16:30:00+08:00',
    }),
    recorded(6, {
      union: union('焦作市电力工会', 1, false),
      nominee: '韩冬',
      form1: { 身份证号码: '410890197503150017' },
      receivedAt: '2018-07-18T07:55:00+08:00',
    }),
    recorded(7, {
      union: union('焦煤集团工会'),
      nominee: '欧阳志远',
      form1: null,
      open: [{ why: 'unreadable', reason: 'encrypted', file: '推荐表.docx', mightBe: ['recommendation_form'] }],
      receivedAt: '2018-07-16T17:00:00+08:00',
    }),
  ];
  const messages = [
    mail(1, { receivedAt: at('12T09:10'), applications: ['JZGJ-2018-0001'] }),
    mail(2, { receivedAt: at('13T10:00'), applications: ['JZGJ-2018-0002'] }),
    mail(3, { receivedAt: at('17T10:20'), applications: ['JZGJ-2018-0003'] }),
    mail(4, { receivedAt: at('17T11:05'), applications: ['JZGJ-2018-0004'] }),
    mail(5, { receivedAt: at('17T16:30'), applications: ['JZGJ-2018-0005'] }),
    mail(6, { receivedAt: at('18T07:55'), applications: ['JZGJ-2018-0006'] }),
    mail(7, { receivedAt: at('16T17:00'), applications: ['JZGJ-2018-0007'] }),
    mail(8, {
      receivedAt: at('17T14:00'),
      subject: '请问退休职工能否参评？',
      from: 'boai@example.com',
      fate: 'set_aside',
      needsPerson: true,
      reasonCode: 'no_attachment',
      reason: '来信没有附件，请人工答复',
    }),
    mail(9, {
      receivedAt: at('17T18:12'),
      subject: '补充证书',
      from: 'wenxian@example.com',
      needsPerson: true,
      reasonCode: 'unplaced',
    }),
    mail(10, {
      receivedAt: at('17T20:00'),
      fate: 'set_aside',
      reasonCode: 'auto_reply',
      reason: '邮件头 X-QQ-AUTO-REPLY',
    }),
    mail(11, {
      receivedAt: at('17T21:00'),
      fate: 'set_aside',
      reasonCode: 'advertisement',
      reason: '正文有“退订”和“优惠”',
    }),
    mail(12, {
      receivedAt: at('17T22:00'),
      fate: 'set_aside',
      reasonCode: 'advertisement',
      reason: '正文有“退订”和“优惠”',
    }),
    mail(13, { receivedAt: at('17T23:00'), fate: 'failed', reason: '文件读取程序意外中断', subject: '孟州市推荐材料' }),
  ];
  const letters = [
    letter(1, { dueAt: at('12T09:12') }),
    letter(2, { kind: 'correction_request', number: 'JZGJ-2018-0002', dueAt: at('13T10:20') }),
    letter(3, { number: 'JZGJ-2018-0003', dueAt: at('17T10:21') }),
    letter(4, { kind: 'correction_request', number: 'JZGJ-2018-0004', dueAt: at('17T11:25') }),
    letter(5, {
      number: 'JZGJ-2018-0005',
      dueAt: at('17T16:31'),
      state: 'bounced',
      sentAt: at('17T16:31'),
      reason: '550 收件人不存在',
    }),
    letter(6, {
      kind: 'correction_request',
      number: 'JZGJ-2018-0006',
      dueAt: at('18T08:15'),
      state: 'held',
      reason: '发信方式设为由人发出',
    }),
  ];
  return office({
    applications,
    messages,
    letters,
    decisions: { 'JZGJ-2018-0001': [{ kind: 'accept', note: '材料齐全', by: '王某', at: at('13T15:00') }] },
    failed: [
      {
        id: 'intake-13-1',
        kind: 'intake',
        row: 13,
        stage: '读取附件',
        attempts: 3,
        reason: '文件读取程序意外中断',
        failedAt: at('17T23:05'),
      },
    ],
    proposals: [
      { message: 9, from: 'wenxian@example.com', subject: '补充证书', perhaps: ['JZGJ-2018-0003', 'JZGJ-2018-0004'] },
    ],
    balance: balanceOf(messages, at('18T08:29')),
    ...given,
  });
}
