import { readAddresses } from './addresses.ts';
import { type Body, readBodies } from './body/bodies.ts';
import { readDate } from './dates.ts';
import { isBody, type Leaf, readLeaf } from './leaf.ts';
import type { Attachment, ParsedMail } from './mail.ts';
import { decodeHeader } from './mime/encoded-word.ts';
import { type Field, firstField } from './mime/header-block.ts';
import { splitParts } from './mime/parts.ts';
import { nameAttachments } from './names.ts';
import { readSubject } from './subject.ts';
import type { MailWords } from './words.ts';

/**
 * Reads a raw mail. Own splitter instead of mailparser, which takes ten times the CPU, garbles unlabelled GBK and raw
 * 8-bit headers, calls an unreadable date "now", and refuses hostile mails as a whole.
 *
 * @param raw the bytes as received
 * @param words the marks of `config/words/mail.yaml`
 * @returns never throws for content; what a limit left out is said in `troubles`
 */
export function parseMail(raw: Buffer, words: MailWords): ParsedMail {
  const { fields, parts, troubles } = splitParts(raw);
  const leaves = parts.map(readLeaf);
  const subject = decodeHeader(firstField(fields, 'subject') ?? '');
  const answered = answeredIds(fields);
  const { prefix } = readSubject(subject, words);
  const sentAt = readDate(decodeHeader(firstField(fields, 'date') ?? ''));
  const answers = prefix === 'reply' || answered.inReplyTo.length > 0;
  const relation = { answers, sentOn: prefix === 'forward', sentAt };
  const bodies = readBodies(leaves.filter(isBody).map(bodyOf), relation, words);
  return {
    messageId: messageIds(firstField(fields, 'message-id'))[0] ?? null,
    subject,
    from: readAddresses(firstField(fields, 'from'))[0] ?? null,
    replyTo: readAddresses(firstField(fields, 'reply-to'))[0] ?? null,
    to: readAddresses(firstField(fields, 'to')),
    sentAt,
    ...answered,
    headers: fields.map(({ name, raw: value }) => ({ name, value: decodeHeader(value) })),
    text: bodies.text,
    quoted: bodies.quoted,
    forwarded: bodies.forwarded,
    links: bodies.links,
    attachments: attachmentsOf(leaves, bodies.contentIds),
    troubles: [...troubles, ...bodies.troubles],
  };
}

/** The attachments alone, under the same paths; what is `inline` is not told without the mail's text. */
export function readAttachments(raw: Buffer): Attachment[] {
  return attachmentsOf(splitParts(raw).parts.map(readLeaf), new Set());
}

function bodyOf({ contentType, charset, bytes, alternative }: Leaf): Body {
  return { html: contentType === 'text/html', charset, bytes, alternative };
}

function attachmentsOf(leaves: Leaf[], shown: Set<string>): Attachment[] {
  const files = leaves.filter((leaf) => !isBody(leaf));
  const paths = nameAttachments(files);
  return files.map(({ bytes, contentType, contentId }, index) => ({
    path: paths[index] ?? '',
    bytes,
    contentType,
    contentId,
    inline: contentId !== null && shown.has(contentId),
  }));
}

function answeredIds(fields: Field[]): Pick<ParsedMail, 'inReplyTo' | 'references'> {
  return {
    inReplyTo: messageIds(firstField(fields, 'in-reply-to')),
    references: messageIds(firstField(fields, 'references')),
  };
}

/** `<…@…>` each, also when they touch or lost their brackets; an empty `<>` (QQ's mobile app) is none. */
function messageIds(raw: string | null): string[] {
  const value = decodeHeader(raw ?? '');
  const bracketed = value.match(/<[^<>\s]+>/g);
  return bracketed ?? value.split(/[\s,<>]+/).flatMap((word) => (word.includes('@') ? [`<${word}>`] : []));
}
