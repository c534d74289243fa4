import { Failure } from '../../errors.ts';

/** IMAP_URL taken apart. `account` names the mailbox in the ledger. */
export type ImapAddress = {
  host: string;
  port: number;
  secure: boolean;
  user: string;
  code: string;
  account: string;
};

/**
 * @param imapUrl `imaps://user:code@host:993`, user and code percent-encoded; `imap://` is without TLS
 * @throws Failure (usage) when user or code are missing or wrongly encoded
 */
export function readImapUrl(imapUrl: string): ImapAddress {
  try {
    const url = new URL(imapUrl);
    const [user, code] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (!user || !code || !host) throw new Error('incomplete');
    const secure = url.protocol === 'imaps:';
    const account = (user.includes('@') ? user : `${user}@${host}`).toLowerCase();
    return { host, port: Number(url.port) || (secure ? 993 : 143), secure, user, code, account };
  } catch (error) {
    // The address holds the code: neither it nor the error's text may reach a log.
    throw new Failure(
      'usage',
      'IMAP_URL 应写成 imaps://邮箱帐号:授权码@服务器:端口；帐号里的 @ 写成 %40，授权码里的特殊字符也要用 %XX 形式',
      error instanceof URIError ? 'IMAP_URL: wrong percent-encoding' : 'IMAP_URL: user, code or host missing',
    );
  }
}
