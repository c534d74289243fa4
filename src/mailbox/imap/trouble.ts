import { MailboxFailure, type MailboxTrouble } from '../failure.ts';

/** What imapflow and the socket tell about an error; every field may be absent. */
type Told = {
  code?: string;
  message?: string;
  responseText?: string;
  responseStatus?: string;
  response?: unknown;
  authenticationFailed?: boolean;
  reason?: string;
};

const advice: Record<MailboxTrouble, string> = {
  unsafe_login:
    '邮箱登录成功，但邮箱服务器以“不安全登录（Unsafe Login）”为由拒绝打开文件夹。程序已按网易要求表明身份仍被拒绝：请用浏览器登录该邮箱，在“设置 → POP3/SMTP/IMAP”中确认 IMAP 服务已开启，删除旧授权码、新增一个，更新 IMAP_URL 后重新启动；仍不行请联系网易客服 kefu@188.com。',
  login_refused:
    '邮箱服务器不接受帐号或授权码。请用浏览器登录该邮箱，在“设置 → POP3/SMTP/IMAP”中确认 IMAP 服务已开启，新增一个授权码（不是网页登录密码），把它写进 IMAP_URL 后重新启动。为免帐号被锁定，程序每小时最多试登录 6 次。',
  imap_off:
    '该邮箱没有开启 IMAP 服务。请用浏览器登录邮箱，在“设置 → POP3/SMTP/IMAP”中开启“IMAP/SMTP 服务”，并确认授权码仍然有效。',
  unreachable:
    '连不上邮箱服务器。请检查：电脑能否上网；IMAP_URL 里的服务器名和端口是否正确（网易 126 邮箱是 imap.126.com，端口 993）；单位防火墙是否放行端口 993。',
  tls: '与邮箱服务器的加密连接建立不起来，或其证书无效。请检查：电脑的日期时间是否正确；IMAP_URL 里的服务器名和端口（993）是否正确；单位网络是否有拦截加密流量的设备。',
  dropped: '与邮箱服务器的连接中断了。程序会自动重新连接，邮件不会丢失；若一直如此，请检查网络。',
  refused: '邮箱服务器拒绝了程序的请求，程序会自动再试。若一直如此，请把服务器的原话转给管理员：',
  incomplete: '有邮件列在邮箱里，服务器却没有完整交出来。程序会自动再取；若一直如此，请用浏览器打开邮箱查看这封邮件。',
};

const unreachable =
  /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|EAI_FAIL|CONNECT_TIMEOUT|GREETING_TIMEOUT)$/;
const tls = /^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|EPROTO|ERR_OSSL|HOSTNAME_MISMATCH)/;
const broken =
  /^(?:NoConnection|EConnectionClosed|StateLogout|ClosedAfterConnect|ECONNRESET|EPIPE|ECONNABORTED|ETIMEDOUT|ETIMEOUT|ParserError|InvalidResponse|ResponseProcessingFailed|UnexpectedTag)/;
/** Coremail says "User has no permission". QQ and Yandex say in one sentence all that may be wrong, the password too. */
const switchedOff =
  /service is not open|not enabled|imap is disabled|has no permission|service.{0,12}(?:closed|disabled)|未开启|未开通|已关闭/i;

/**
 * An error of the conversation with a mail server as the trouble it means. NetEase wraps what matters into
 * `responseText` behind imapflow's "Command failed".
 *
 * @param during what was being done: connecting and logging in, or talking
 */
export function imapTrouble(error: unknown, during: 'login' | 'talk' = 'talk'): MailboxFailure {
  if (error instanceof MailboxFailure) return error;
  const told: Told = typeof error === 'object' && error !== null ? error : {};
  const said = told.responseText ?? (typeof told.response === 'string' ? told.response : (told.reason ?? ''));
  return failed(troubleOf(told, said, during), said || told.code || told.message || String(error), error);
}

/** @param reason English or the server's own words, for the log */
export function failed(trouble: MailboxTrouble, reason: string, cause?: unknown): MailboxFailure {
  const forPerson = trouble === 'refused' ? `${advice.refused}${reason}` : advice[trouble];
  return new MailboxFailure(trouble, forPerson, reason, cause === undefined ? {} : { cause });
}

export const isUnsafeLogin = (error: unknown) => imapTrouble(error).trouble === 'unsafe_login';

function troubleOf(told: Told, said: string, during: 'login' | 'talk'): MailboxTrouble {
  if (/unsafe login/i.test(said)) return 'unsafe_login';
  if (told.authenticationFailed)
    return switchedOff.test(said) && !/password/i.test(said) ? 'imap_off' : 'login_refused';
  const code = told.code ?? '';
  if (tls.test(code)) return 'tls';
  if (unreachable.test(code)) return 'unreachable';
  if (broken.test(code)) return during === 'login' ? brokenAtOnce(said) : 'dropped';
  return told.responseStatus ? 'refused' : 'dropped';
}

/** Before anything was said: a firewall; with a BYE: the server itself (too many connections, maintenance). */
const brokenAtOnce = (said: string): MailboxTrouble => (said ? 'refused' : 'unreachable');
