import type { TakenIn } from './index.ts';

/**
 * The same mail once more (saved twice, or delivered into two folders) is the same bytes: it brings nothing and is
 * answered once. A mail with the same Message-ID and other content is another mail.
 */
export function setAsideDuplicates<Mail extends TakenIn>(mails: readonly Mail[]): Mail[] {
  const originals = new Map<string, string>();
  return mails.map((mail) => {
    const { sha256, file } = mail.message;
    const original = originals.get(sha256);
    if (original === undefined) {
      originals.set(sha256, file);
      return mail;
    }
    return {
      ...mail,
      fate: { disposition: 'set_aside', reasonCode: 'duplicate', reason: `与 ${original} 是同一封邮件` },
    };
  });
}
