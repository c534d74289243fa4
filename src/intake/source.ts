import type { Source } from '../application/material.ts';
import type { WrittenMail } from '../message/mail.ts';
import type { OpenedFile } from '../message/open.ts';

type SourceMail = { file: string; receivedAt: Date; broughtBy?: string };

/** Where a mail's contents come from, and the address that a letter about them goes to. */
export function sourceOf({ file, receivedAt, broughtBy }: SourceMail, mail: WrittenMail): Source {
  return {
    message: file,
    address: answerAddress(mail),
    senderName: mail.from?.name ?? '',
    receivedAt,
    ...(broughtBy ? { broughtBy } : {}),
  };
}

/** From, or a Reply-To of the same domain: a Reply-To elsewhere may lead our letter to a stranger. */
function answerAddress({ from, replyTo }: WrittenMail): string {
  const domain = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  const chosen = replyTo && from && domain(replyTo.address) === domain(from.address) ? replyTo : from;
  return (chosen?.address ?? '').toLowerCase();
}

/** All that the sender tells: own words, a mail sent on below them, mails attached. Quoted replies are not told again. */
export function heard(mail: WrittenMail, opened: readonly OpenedFile[]): WrittenMail {
  const attached = opened.flatMap(({ mail: inner }) => inner ?? []);
  const text = [mail.text, mail.forwarded, ...attached.flatMap(({ subject, text: words }) => [subject, words])]
    .filter(Boolean)
    .join('\n');
  return { ...mail, text, links: [...mail.links, ...attached.flatMap(({ links }) => links)] };
}
