import { domainToASCII } from 'node:url';

const local = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * A bare address that a Chinese provider's SMTP server can take, or null. Stricter than RFC 5321 on purpose: a quoted
 * local part has sent mail to the wrong domain (GHSA-mm7p-fcc7-pg87), and NetEase and QQ know no SMTPUTF8. A Chinese
 * domain becomes its ASCII form.
 */
export function mailAddress(text: string): string | null {
  const [before = '', domain = '', ...more] = text.trim().split('@');
  if (more.length > 0 || before.length > 64 || !local.test(before)) return null;
  const ascii = domainToASCII(domain);
  const labels = ascii.split('.');
  const isDomain = labels.length > 1 && labels.every((each) => label.test(each)) && /[a-z]/.test(labels.at(-1) ?? '');
  return isDomain && before.length + ascii.length < 254 ? `${before}@${ascii}` : null;
}
