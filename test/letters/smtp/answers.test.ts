import { describe, expect, test } from '@jest/globals';
import type { Next, Outcome, Stage } from '../../../src/letters/smtp/answer.ts';
import { sortOutcome } from '../../../src/letters/smtp/answers.ts';

const answered = (text: string, stage: Stage = 'letter'): Outcome => ({
  stage,
  reply: { code: Number(text.slice(0, 3)), text },
  trouble: 'EMESSAGE',
  handedOver: stage === 'letter',
});
const silent = (trouble: string, stage: Stage = 'connect', handedOver = false): Outcome => ({
  stage,
  reply: null,
  trouble,
  handedOver,
});

type Row = [text: string, stage: Stage, next: Next, afterMinutes: number | null, told: string];

describe('NetEase', () => {
  test.each<Row>([
    ['250 Mail OK queued as smtp11,D8CowAB3 1531899720', 'letter', 'sent', null, ''],
    ['421 HL:REP 126 mx1', 'connect', 'pause_outbox', 20, '过于频繁'],
    ['421 HL:ICC 126 mx1', 'connect', 'pause_outbox', 20, '过于频繁'],
    ['421 HL:IFC 126 mx1', 'sender', 'pause_outbox', 20, '过于频繁'],
    ['421 HL:MEP 126 mx1', 'recipient', 'pause_outbox', 20, '过于频繁'],
    ['450 MI:CEL 126 smtp5', 'sender', 'retry', 15, '频率'],
    ['450 MI:DMC 126 smtp5', 'sender', 'retry', 15, '频率'],
    ['450 RP:DRC 126 smtp5', 'recipient', 'retry', 15, '频率'],
    ['450 RP:CCL 126 smtp5', 'recipient', 'retry', 15, '频率'],
    ['450 DT:RBL 126 smtp5', 'letter', 'retry', 15, '频率'],
    ['451 DT:SPM ,please try again', 'letter', 'retry', 3, '垃圾邮件'],
    ['451 MI:SFQ 126 smtp5', 'letter', 'pause_outbox', 16, '15 分钟内'],
    ['451 RP:QRC 126 smtp5', 'recipient', 'retry', 1, '换一个连接'],
    ['451 MI:DMC 126 smtp5', 'sender', 'retry', 1, '换一个连接'],
    ['451 Requested mail action not taken: too much fail authentication', 'login', 'stop_outbox', null, '登录失败次数'],
    ['554 IP is rejected, smtp auth error limit exceed', 'connect', 'stop_outbox', null, '登录失败次数'],
    ['535 Error: authentication failed', 'login', 'stop_outbox', null, '授权码不对'],
    ['550 User has no permission', 'login', 'stop_outbox', null, '没有开启 SMTP'],
    ['550 User has no permission', 'sender', 'stop_outbox', null, '没有开启 SMTP'],
    ['550 MI:STC 126 smtp5', 'sender', 'next_day', null, '00:10'],
    ['550 RP:TRC 126 smtp5', 'recipient', 'next_day', null, '00:10'],
    ['554 MI:STC 126 smtp5', 'letter', 'next_day', null, '00:10'],
    ['550 Invalid User: union@126.example', 'recipient', 'never', null, '电话核对'],
    ['550 User suspended: union@126.example', 'recipient', 'never', null, '电话核对'],
    ['550 DT:SPM 126 smtp5', 'letter', 'never', null, '不会自动重发'],
    [
      '554 DT:SPM 126 smtp5,D8Cow 1531899720,please see http://mail.163.com/help/help_spam_16.htm?ip=1',
      'letter',
      'never',
      null,
      '不会自动重发',
    ],
    ['552 Illegal Attachment', 'letter', 'never', null, '附件'],
    ['552 Requested mail action aborted: exceeded mailsize limit', 'sender', 'never', null, '大小'],
    ['554 HL:IPB 126 mx1', 'connect', 'stop_outbox', null, '封禁'],
    ['554 HL:IHU 126 mx1', 'connect', 'stop_outbox', null, '封禁'],
    ['553 Mail from must equal authorized user', 'sender', 'stop_outbox', null, 'MAIL_FROM'],
    ['554 DT:SUM 126 smtp5', 'letter', 'stop_outbox', null, 'MAIL_FROM'],
  ])('%s at %s: %s, %s', (text, stage, next, afterMinutes, told) => {
    const answer = sortOutcome(answered(text, stage));
    expect(answer).toMatchObject({ next, afterMinutes, code: text.slice(0, 3), uncertain: false });
    expect(answer.forPerson).toContain(told);
  });
});

describe('QQ', () => {
  test.each<Row>([
    ['250 OK: queued as.', 'letter', 'sent', null, ''],
    ['501 mail from address must be same as authorization user', 'sender', 'stop_outbox', null, 'MAIL_FROM'],
    ['535 Login Fail. Please enter your authorization code to login.', 'login', 'stop_outbox', null, '授权码不对'],
    ['550 Sender frequency limited', 'sender', 'pause_outbox', 30, '频率'],
    ['550 Connection frequency limited', 'connect', 'pause_outbox', 30, '频率'],
    ['550 Mail content denied', 'letter', 'never', null, '不会自动重发'],
    ['550 Mailbox not found', 'recipient', 'never', null, '电话核对'],
    ['550 Mailbox unavailable or access denied', 'recipient', 'never', null, '电话核对'],
    ['552 Message too large', 'sender', 'never', null, '大小'],
  ])('%s at %s: %s, %s', (text, stage, next, afterMinutes, told) => {
    const answer = sortOutcome(answered(text, stage));
    expect(answer).toMatchObject({ next, afterMinutes });
    expect(answer.forPerson).toContain(told);
  });
});

describe('any server, by the code and where it was said', () => {
  test.each<[string, Stage, Next]>([
    ['421 4.3.2 shutting down', 'letter', 'pause_outbox'],
    ['450 greylisted, come back later', 'recipient', 'retry'],
    ['452 4.2.2 mailbox full', 'recipient', 'retry'],
    ['454 4.7.0 Temporary authentication failure', 'login', 'pause_outbox'], // nodemailer: EAUTH, as for a wrong code
    ['452 4.3.1 out of space', 'connect', 'pause_outbox'],
    ['552 5.2.2 mailbox full', 'recipient', 'never'],
    ['503 bad sequence of commands', 'recipient', 'retry'],
    ['504 mechanism not supported', 'login', 'stop_outbox'],
    ['530 5.7.0 Authentication required', 'sender', 'stop_outbox'],
    ['550 5.7.1 sender not allowed', 'sender', 'stop_outbox'],
    ['554 no service for you', 'connect', 'stop_outbox'],
    ['550 5.1.1 no such user here', 'recipient', 'never'],
    ['554 5.6.0 refused', 'letter', 'never'],
    ['999 what?', 'letter', 'retry'],
  ])('%s at %s: %s', (text, stage, next) => {
    expect(sortOutcome(answered(text, stage)).next).toBe(next);
  });
});

describe('no answer at all', () => {
  test.each<[string, Stage, string]>([
    ['EDNS ENOTFOUND', 'connect', '找不到邮箱服务器'],
    ['ESOCKET ECONNREFUSED', 'connect', '连不上邮箱服务器的端口'],
    ['ETIMEDOUT CONNECT_TIMEOUT', 'connect', '连不上邮箱服务器的端口'],
    ['ESOCKET DEPTH_ZERO_SELF_SIGNED_CERT', 'connect', '证书'],
    ['ESOCKET ERR_TLS_CERT_ALTNAME_INVALID', 'connect', '证书'],
    ['ESOCKET EPROTO', 'connect', '加密连接'],
    ['ESOCKET ERR_SSL_WRONG_VERSION_NUMBER', 'connect', '加密连接'],
    ['ETIMEDOUT GREETING_TIMEOUT', 'connect', '很久没有答复'],
    ['ETIMEDOUT', 'sender', '很久没有答复'],
    ['ESOCKET ECONNRESET', 'sender', '断了'],
    ['', 'login', '断了'],
  ])('%s at %s: the outbox waits, and surely nothing was sent', (trouble, stage, told) => {
    const answer = sortOutcome(silent(trouble, stage));
    expect(answer).toMatchObject({ next: 'pause_outbox', afterMinutes: expect.any(Number), uncertain: false });
    expect(answer.forPerson).toContain(told);
  });

  test('an account without a code is a matter of the settings, a letter too large one of its own', () => {
    expect(sortOutcome(silent('EAUTH', 'login'))).toMatchObject({ next: 'stop_outbox' });
    expect(sortOutcome(silent('EMESSAGE', 'sender'))).toMatchObject({ next: 'never' });
  });

  test.each(['ETIMEDOUT', 'ECONNECTION', 'ESOCKET ECONNRESET'])(
    '%s after DATA: perhaps sent, so soon again and not for ever',
    (trouble) => {
      const answer = sortOutcome(silent(trouble, 'letter', true));
      expect(answer).toMatchObject({ next: 'retry', afterMinutes: 2, atMostTries: 3, uncertain: true });
      expect(answer.forPerson).toContain('同一编号');
    },
  );
});

describe('the server’s words are kept for the person', () => {
  const words = (text: string) => sortOutcome(answered(text)).text;

  test('on one line, without codes, addresses and control characters', () => {
    expect(words('550-Invalid User\n550 <zhang.san@126.example>:\u0007 see\thelp')).toBe('Invalid User <…>: see help');
  });
  test('300 characters at most', () => {
    expect(words(`554 ${'长'.repeat(301)}`)).toBe('长'.repeat(300));
  });
  test('in Chinese, also when the server speaks GBK', () => {
    const gbk = Buffer.from([0xd3, 0xca, 0xcf, 0xe4, 0xb2, 0xbb, 0xb4, 0xe6, 0xd4, 0xda]); // 邮箱不存在
    expect(words(`550 ${gbk.toString('latin1')}`)).toBe('邮箱不存在');
    expect(words('550 邮箱不存在')).toBe('邮箱不存在');
  });
});
