import type { Stage, Verdict } from './answer.ts';

/** A row fits when all that it names fits; the first that does decides. */
type Row = { code: RegExp; says?: RegExp; at?: Stage[] } & Verdict;

const sent: Verdict = { next: 'sent', afterMinutes: null, doubling: false, atMostTries: null, forPerson: '' };
const stop = (forPerson: string): Verdict => ({ ...sent, next: 'stop_outbox', forPerson });
const never = (forPerson: string): Verdict => ({ ...sent, next: 'never', forPerson });
const nextDay = (forPerson: string): Verdict => ({ ...sent, next: 'next_day', forPerson });
const pause = (afterMinutes: number, forPerson: string): Verdict => ({
  ...sent,
  next: 'pause_outbox',
  afterMinutes,
  forPerson,
});
const retry = (afterMinutes: number, forPerson: string, atMostTries: number | null = null): Verdict => ({
  ...sent,
  next: 'retry',
  afterMinutes,
  doubling: atMostTries === null,
  atMostTries,
  forPerson,
});

const openSmtp = '请登录网页版邮箱，在“设置→POP3/SMTP/IMAP”里';
export const wrongCode = stop(
  `邮箱服务器不接受登录：SMTP_URL 里的帐号或授权码不对，或授权码已失效。${openSmtp}重新生成授权码（不是登录网页用的密码），写进 SMTP_URL 后再恢复发信。`,
);
const tooManyLogins = stop(
  '登录失败次数过多，邮箱服务器暂时不让登录。请先核对 SMTP_URL 里的帐号和授权码，过一小时再恢复发信，期间不要反复尝试。',
);
const smtpOff = stop(
  `邮箱没有开启 SMTP 服务，或该帐号不允许用客户端发信。${openSmtp}开启“IMAP/SMTP服务”，用新的授权码更新 SMTP_URL 后再恢复发信。`,
);
const senderDiffers = stop(
  '发件地址与登录帐号不一致，邮箱服务器拒绝发信。请让 MAIL_FROM 与 SMTP_URL 里的帐号是同一个邮箱，再恢复发信。',
);
const notAllowed = stop(
  '邮箱服务器不允许本帐号或本机网络发信。请登录网页版邮箱查看帐号是否被限制，并联系邮箱客服或网络管理员，解除后再恢复发信。',
);
const addressBlocked = stop(
  '本机的网络地址被邮箱服务器封禁。请联系邮箱客服或网络管理员，解除后再恢复发信；急件请先登录网页版邮箱手工发送。',
);
const dayIsFull = nextDay(
  '今天的发信量已到邮箱服务商的上限，其余信件明天 00:10 起自动续发；急件请登录网页版邮箱手工发送。',
);
const judgedSpam = never(
  '邮箱服务器把这封信判为垃圾邮件，系统不会自动重发。请登录网页版邮箱，换一种写法手工发送，或电话告知对方。',
);
const noSuchBox = never('收件邮箱不存在、已停用或拒收。请电话核对对方的邮箱地址，更正后再发送。');
const tooLarge = never('信件超过邮箱服务器允许的大小，无法发送。请电话告知对方，并把此情况告诉系统维护人员。');

/**
 * What NetEase's (退信代码) and QQ's servers answer, then what any server may. NetEase reuses codes: the mark behind it
 * tells a quota from a refusal. QQ says its limits with 550, which elsewhere means a wrong recipient.
 */
export const replyTable: Row[] = [
  { code: /^2/, at: ['letter'], ...sent },
  { code: /./, says: /too much fail authentication|smtp auth error limit exceed/i, ...tooManyLogins },
  { code: /^550$/, says: /user has no permission/i, ...smtpOff },
  { code: /^(501|553|554)$/, says: /mail from (address )?must (be same as|equal)|DT:SUM/i, ...senderDiffers },
  { code: /^553$/, says: /authentication is required/i, ...wrongCode },
  {
    code: /^421$/,
    says: /HL:(REP|ICC|IFC|MEP)/,
    ...pause(20, '邮箱服务器认为本机连接或发信过于频繁，暂停发信 20 分钟后自动继续，不需处理。'),
  },
  {
    code: /^45/,
    says: /MI:SFQ/,
    ...pause(16, '15 分钟内的发信数量已到邮箱服务商的上限，暂停发信 16 分钟后自动继续，不需处理。'),
  },
  {
    code: /^45/,
    says: /DT:SPM/,
    ...retry(3, '邮箱服务器怀疑这封信是垃圾邮件，暂时拒收。系统 3 分钟后再试，三次不成请登录网页版邮箱手工发送。', 3),
  },
  {
    code: /^451$/,
    says: /RP:QRC|MI:DMC/,
    ...retry(1, '本次连接发出的信件已到上限，系统换一个连接再发，不需处理。'),
  },
  {
    code: /^45/,
    says: /MI:(CEL|DMC|CCL)|RP:(CEL|DRC|CCL)|DT:RBL/,
    ...retry(15, '邮箱服务器限制了发信频率，系统稍后自动再发，不需处理；若一天后仍未发出，请联系邮箱客服。'),
  },
  { code: /^5/, says: /MI:STC|RP:TRC/, ...dayIsFull },
  {
    code: /^550$/,
    says: /frequency limited/i,
    ...pause(30, '邮箱服务器限制了发信频率，暂停发信 30 分钟后自动继续，不需处理。'),
  },
  { code: /^5/, says: /HL:(IPB|IHU)|IP in blacklist/i, ...addressBlocked },
  { code: /^5/, says: /user in blacklist|MI:(SPB|SPF|DMA|IMF)|WM:BL[IU]|SPF check failed/i, ...notAllowed },
  { code: /^5/, says: /DT:SPM|mail content denied|anti-?spam|suspected (spam|bounce)|\bspam\b/i, ...judgedSpam },
  {
    code: /^5/,
    says: /quota|\bfull\b|storage allocation/i,
    at: ['recipient', 'letter'],
    ...never('对方邮箱已满，没有收下。请电话告知对方清理邮箱，再重新发送。'),
  },
  { code: /^552$/, says: /illegal attachment/i, ...never('邮箱服务器不接受信中的附件。请把此情况告诉系统维护人员。') },
  { code: /^552$/, says: /mailsize|message (is )?too (large|long|big)|size/i, ...tooLarge },
  {
    code: /^550$/,
    says: /invalid user|user suspended|user not (found|exist)|mailbox (not found|unavailable)/i,
    ...noSuchBox,
  },
  // Any server, by the code alone (RFC 5321 §4.2.1, RFC 4954 §6).
  { code: /^(530|534|535)$/, ...wrongCode },
  { code: /^5/, at: ['login'], ...wrongCode },
  { code: /^421$/, ...pause(5, '邮箱服务器暂时停止服务，5 分钟后自动继续，不需处理。') },
  { code: /^4/, at: ['connect', 'login'], ...pause(15, '邮箱服务器暂时不让登录，15 分钟后自动继续，不需处理。') },
  { code: /^4/, ...retry(15, '邮箱服务器暂时没有接受，系统稍后自动再发，不需处理。') },
  { code: /^503$/, ...retry(1, '与邮箱服务器的对话乱了，系统换一个连接再发，不需处理。', 3) },
  { code: /^5/, at: ['connect'], ...notAllowed },
  { code: /^5/, at: ['sender'], ...notAllowed },
  { code: /^552$/, at: ['letter'], ...tooLarge },
  { code: /^5/, at: ['recipient'], ...noSuchBox },
  {
    code: /^5/,
    ...never('邮箱服务器拒绝了这封信，系统不会自动重发。请查看服务器的答复，必要时登录网页版邮箱手工发送。'),
  },
  { code: /./, ...retry(5, '邮箱服务器的答复看不懂，系统稍后自动再发；若一直如此，请把此情况告诉系统维护人员。') },
];
