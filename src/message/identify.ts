import { squeeze } from '../text/squeeze.ts';
import type { ParsedMail } from './mail.ts';
import type { MailWords } from './words.ts';

/** Who wrote a mail. Everything but a person gets no letter; `why` says in Chinese which mark was seen. */
export type Author =
  | { kind: 'person' }
  | {
      kind:
        | 'auto_reply'
        | 'bounce'
        | 'own_letter'
        | 'newsletter'
        | 'advertisement'
        | 'read_receipt'
        | 'recall'
        | 'no_reply';
      why: string;
    };

type Robot = Exclude<Author, { kind: 'person' }>;
type Rule = (mail: ParsedMail, words: MailWords, own: string[]) => Robot | null;

/** The surest mark first; a rule that sees nothing leaves the question to the next. */
const rules: Rule[] = [
  ownLetter,
  recall,
  readReceipt,
  bounceByForm,
  autoReply,
  bounceBySubject,
  newsletter,
  emptyReturnPath,
  advertisement,
  noReply,
];

/**
 * Tells a person's mail from what machines send (RFC 3834 and the habits of QQ, NetEase and Sina). A person answering
 * our letter, quoting it or not, is a person; so is `Auto-Submitted: no`, X-Auto-Response-Suppress alone (Exchange puts
 * it on ordinary mail) and X-QQ-AUTO-FWD (a person's mail that QQ passed on).
 *
 * @param own addresses of the office's mailbox
 */
export function identify(mail: ParsedMail, own: string[], words: MailWords): Author {
  for (const rule of rules) {
    const robot = rule(mail, words, own);
    if (robot) return robot;
  }
  return { kind: 'person' };
}

/**
 * As letters/smtp/message-id.ts derives it. A gateway that takes our headers off leaves it: a letter of another office's
 * Shouli brings forms along, filled in as far as known, and would be answered as an application.
 */
const shouliId = /^<?shouli\.(?:[A-Za-z0-9-]{1,40}\.)?[a-z_]+\.[0-9a-f]{16}@/;

function ownLetter(mail: ParsedMail, _words: MailWords, own: string[]): Robot | null {
  if (header(mail, 'x-shouli-letter') !== null)
    return { kind: 'own_letter', why: '邮件头 X-Shouli-Letter（本系统发出的信）' };
  if (shouliId.test(mail.messageId ?? '')) return { kind: 'own_letter', why: '信号是本系统回函的（Message-ID）' };
  const from = mail.from?.address.toLowerCase();
  const ours = from !== undefined && own.some((address) => address.toLowerCase() === from);
  return ours ? { kind: 'own_letter', why: '发件人是本邮箱' } : null;
}

function recall(mail: ParsedMail, words: MailWords): Robot | null {
  return bySubject(mail, words.authors.recall.subjects, 'recall');
}

function readReceipt(mail: ParsedMail, words: MailWords): Robot | null {
  const { type, report } = contentType(mail);
  if (type === 'multipart/report' && report === 'disposition-notification')
    return { kind: 'read_receipt', why: '邮件类型是已读回执（disposition-notification）' };
  return bySubject(mail, words.authors.readReceipt.subjects, 'read_receipt');
}

function bounceByForm(mail: ParsedMail, words: MailWords): Robot | null {
  const { type, report } = contentType(mail);
  if (type === 'multipart/report') return { kind: 'bounce', why: `邮件类型是系统报告（${report || type}）` };
  const { addresses, headers } = words.authors.bounce;
  if (matchesAny(addresses, mail.from?.address)) return { kind: 'bounce', why: `发件人是 ${mail.from?.address}` };
  const name = headers.find((each) => header(mail, each) !== null);
  return name ? { kind: 'bounce', why: `邮件头 ${name}` } : null;
}

function bounceBySubject(mail: ParsedMail, words: MailWords): Robot | null {
  return bySubject(mail, words.authors.bounce.subjects, 'bounce');
}

/** 163 answers under an ordinary subject and without any header: only its first sentence tells. It attaches nothing. */
function autoReply(mail: ParsedMail, words: MailWords): Robot | null {
  const submitted = header(mail, 'auto-submitted');
  if (submitted !== null && !/^\s*no\b/i.test(submitted) && submitted.trim() !== '')
    return { kind: 'auto_reply', why: `邮件头 Auto-Submitted: ${submitted.slice(0, 40)}` };
  const { headers, subjects, openings } = words.authors.autoReply;
  const name = headers.find((each) => isSet(header(mail, each)));
  if (name) return { kind: 'auto_reply', why: `邮件头 ${name}` };
  const precedence = header(mail, 'precedence')?.trim().toLowerCase();
  if (precedence === 'auto_reply') return { kind: 'auto_reply', why: '邮件头 Precedence: auto_reply' };
  const titled = bySubject(mail, subjects, 'auto_reply');
  if (titled || mail.attachments.some(({ inline }) => !inline)) return titled;
  const opening = squeeze(mail.text.slice(0, 300));
  return matchesAny(openings, opening) ? { kind: 'auto_reply', why: `正文开头是“${opening.slice(0, 12)}”` } : null;
}

function newsletter(mail: ParsedMail, words: MailWords): Robot | null {
  const { headers, precedence } = words.authors.newsletter;
  const name = headers.find((each) => isSet(header(mail, each)));
  if (name) return { kind: 'newsletter', why: `邮件头 ${name}（群发邮件）` };
  const value = header(mail, 'precedence')?.trim().toLowerCase() ?? '';
  return precedence.includes(value) ? { kind: 'newsletter', why: `邮件头 Precedence: ${value}` } : null;
}

/** RFC 3834 §2: nobody is to be answered at `<>`. */
function emptyReturnPath(mail: ParsedMail): Robot | null {
  return header(mail, 'return-path')?.trim() === '<>'
    ? { kind: 'bounce', why: '退信地址为空（Return-Path: <>）' }
    : null;
}

/** Only on strong marks: it says so itself, or it both offers something and tells how to unsubscribe. */
function advertisement(mail: ParsedMail, words: MailWords): Robot | null {
  const { subjects, unsubscribe, offers } = words.authors.advertisement;
  const titled = bySubject(mail, subjects, 'advertisement');
  if (titled) return titled;
  const text = squeeze(mail.text.slice(0, 50_000));
  const leave = firstMatch(unsubscribe, text);
  const offer = firstMatch(offers, text) ?? firstMatch(offers, squeeze(mail.subject));
  return leave && offer ? { kind: 'advertisement', why: `正文有“${leave}”和“${offer}”` } : null;
}

function noReply(mail: ParsedMail, words: MailWords): Robot | null {
  const address = mail.from?.address;
  return matchesAny(words.authors.noReply.addresses, address)
    ? { kind: 'no_reply', why: `发件地址 ${address} 不收回信` }
    : null;
}

function bySubject(mail: ParsedMail, patterns: RegExp[], kind: Robot['kind']): Robot | null {
  const subject = squeeze(mail.subject.slice(0, 500));
  return matchesAny(patterns, subject) ? { kind, why: `主题是“${mail.subject.slice(0, 30)}”` } : null;
}

function contentType(mail: ParsedMail): { type: string; report: string } {
  const value = header(mail, 'content-type') ?? '';
  return {
    type: (/^\s*([^;\s]+)/.exec(value)?.[1] ?? '').toLowerCase(),
    report: (/report-type\s*=\s*"?([\w-]+)/i.exec(value)?.[1] ?? '').toLowerCase(),
  };
}

function header(mail: ParsedMail, name: string): string | null {
  return mail.headers.find((each) => each.name === name.toLowerCase())?.value ?? null;
}

const isSet = (value: string | null) => value !== null && !/^\s*(?:no|false|0)?\s*$/i.test(value);
const matchesAny = (patterns: RegExp[], text: string | undefined) =>
  text !== undefined && patterns.some((pattern) => pattern.test(text));
const firstMatch = (patterns: RegExp[], text: string) => patterns.map((each) => each.exec(text)?.[0]).find(Boolean);
