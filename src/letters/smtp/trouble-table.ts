import type { Stage, Verdict } from './answer.ts';
import { wrongCode } from './reply-table.ts';

type Row = { names: RegExp; at?: Stage[] } & Verdict;

const waiting = { doubling: false, atMostTries: null };
const pause = (afterMinutes: number, forPerson: string): Verdict => ({
  ...waiting,
  next: 'pause_outbox',
  afterMinutes,
  forPerson,
});

/**
 * No answer came, and the letter was not handed over whole: none of it can double. By the names of nodemailer and
 * Node.js. What keeps one letter from the server keeps all of them: the outbox waits, not the letter.
 */
export const troubleTable: Row[] = [
  {
    names: /EDNS|ENOTFOUND|EAI_AGAIN/,
    ...pause(
      1,
      '找不到邮箱服务器。请检查 SMTP_URL 里的服务器名（如 smtp.126.com）和本机的网络、DNS 设置；恢复后自动续发。',
    ),
  },
  {
    names: /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME/,
    ...pause(
      15,
      '邮箱服务器的安全证书通不过核验，没有发送。请检查本机日期是否正确、SMTP_URL 里的服务器名是否写对，以及杀毒软件或单位网关是否拦截了加密连接；恢复后自动续发。',
    ),
  },
  {
    names: /ETLS|EPROTO|ERR_SSL|ERR_TLS/,
    at: ['connect'],
    ...pause(
      15,
      '与邮箱服务器建不成加密连接。请核对 SMTP_URL 的端口（加密端口一般是 465）以及单位网关是否拦截了加密连接；恢复后自动续发。',
    ),
  },
  {
    names: /ECONNREFUSED|CONNECT_TIMEOUT|EHOSTUNREACH|ENETUNREACH|EACCES|EPERM|ERR_ACCESS_DENIED/,
    ...pause(
      1,
      '连不上邮箱服务器的端口。请检查本机是否能上网，并请网络管理员放行到该服务器端口（一般是 465）的连接；恢复后自动续发。',
    ),
  },
  { names: /^EAUTH/, ...wrongCode },
  {
    names: /^(EMESSAGE|EENVELOPE)/,
    ...waiting,
    next: 'never',
    afterMinutes: null,
    forPerson: '信件过大或地址不合规范，没有交给邮箱服务器。请把此情况告诉系统维护人员，并电话告知对方。',
  },
  {
    names: /ETIMEDOUT/,
    ...pause(2, '邮箱服务器很久没有答复，系统稍后自动再发，不需处理；若一直如此，请检查网络。'),
  },
  { names: /./, ...pause(1, '与邮箱服务器的连接断了，系统稍后自动再发，不需处理；若一直如此，请检查网络。') },
];

/**
 * DATA was handed over and no answer came. The letter goes again, soon, under the same Message-ID: a receipt that a
 * union holds twice does less harm than one that never came. Three silences in a row are a person's.
 */
export const noAnswerToLetter: Verdict = {
  next: 'retry',
  afterMinutes: 2,
  doubling: true,
  atMostTries: 3,
  forPerson:
    '信件已交给邮箱服务器，但没有等到答复，可能已经发出。系统会用同一编号再发一次，对方可能收到两封相同的信；请在“已发送”里核对。',
};
