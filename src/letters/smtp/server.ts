import addressparser from 'nodemailer/lib/addressparser';
import { Failure } from '../../errors.ts';
import { mailAddress } from './address.ts';

/** Where letters are handed over, as SMTP_URL says. */
export type SmtpServer = {
  host: string;
  port: number;
  /** TLS from the first byte (port 465); without it only to this machine, which settings hold. */
  tls: boolean;
  login: { user: string; pass: string } | null;
};

/** @throws Failure (usage) when the setting is no SMTP address; the message never repeats it: it holds the code */
export function readSmtpUrl(smtpUrl: string): SmtpServer {
  const url = URL.canParse(smtpUrl) ? new URL(smtpUrl) : null;
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') throw unreadable();
  const tls = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (tls ? 465 : 25),
    tls,
    login: url.username === '' ? null : { user: decoded(url.username), pass: decoded(url.password) },
  };
}

/**
 * Who letters come from: MAIL_FROM, else the account that logs in.
 *
 * @returns null when neither is an address (a folder of .eml without MAIL_FROM)
 */
export function senderOf(smtpUrl: string, mailFrom: string | null): string | null {
  if (mailFrom !== null) return mailFrom;
  return smtpUrl.startsWith('file:') ? null : loginAddress(readSmtpUrl(smtpUrl));
}

/** The account as an address; null for accounts that are none. */
export function loginAddress({ login }: SmtpServer): string | null {
  return login && mailAddress(login.user);
}

/** The bare address in `name <address>`; null when there is none. */
export function bareAddress(from: string): string | null {
  return mailAddress(addressparser(from, { flatten: true })[0]?.address ?? '');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw unreadable(); // a % that encodes nothing: a code pasted as it is
  }
}

function unreadable(): Failure {
  return new Failure(
    'usage',
    'SMTP_URL 应写成 smtps://邮箱帐号:授权码@服务器:465，帐号里的 @ 写成 %40，授权码里的 % 写成 %25',
    'SMTP_URL cannot be read',
  );
}
