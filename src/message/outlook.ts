import type { OutlookMail } from '../documents/document.ts';
import { readBodies } from './body/bodies.ts';
import type { Attachment, ParsedMail } from './mail.ts';
import { nameAttachments } from './names.ts';
import { readSubject } from './subject.ts';
import type { MailWords } from './words.ts';

/** A mail out of .msg or winmail.dat as one that came over the wire, its quotations apart, its files named. */
export function outlookMail({ subject, from, sentAt, text, html, files }: OutlookMail, words: MailWords): ParsedMail {
  const { prefix } = readSubject(subject, words);
  const bodies = readBodies(
    [
      { html: false, charset: 'utf-8', bytes: Buffer.from(text), alternative: 0 },
      { html: true, charset: 'utf-8', bytes: Buffer.from(html), alternative: 0 },
    ],
    { answers: prefix === 'reply', sentOn: prefix === 'forward', sentAt },
    words,
  );
  const { contentIds, ...written } = bodies;
  return {
    messageId: null,
    subject,
    from,
    replyTo: null,
    to: [],
    sentAt,
    inReplyTo: [],
    references: [],
    headers: [],
    ...written,
    attachments: outlookAttachments(files, contentIds),
  };
}

/** The files of such a mail, named as `openAttachments` knows them. @param shown Content-IDs that its text shows */
export function outlookAttachments(files: OutlookMail['files'], shown: ReadonlySet<string> = new Set()): Attachment[] {
  const named = files.map((file) => ({ ...file, contentType: 'application/octet-stream' }));
  const paths = nameAttachments(named);
  return named.map(({ bytes, contentType, contentId }, index) => ({
    path: paths[index] ?? '',
    bytes,
    contentType,
    contentId,
    inline: contentId !== null && shown.has(contentId),
  }));
}
