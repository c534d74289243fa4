import addressparser from 'nodemailer/lib/addressparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeWord } from 'nodemailer/lib/mime-funcs';
import { Failure } from '../../errors.ts';
import type { LetterRecord } from '../../store/records.ts';
import type { Enclosure } from '../attached-forms.ts';
import { mailAddress } from './address.ts';

/** What of a letter's row goes into the mail. */
export type LetterToSend = Pick<
  LetterRecord,
  'kind' | 'to' | 'subject' | 'text' | 'html' | 'messageId' | 'inReplyTo' | 'references'
>;

/**
 * Makes the mail: text and HTML side by side, UTF-8 in base64, and the forms that go along. Threading headers join it to the
 * union's mail; `Auto-Submitted` (RFC 3834) and Outlook's and Exchange's own header keep robots from answering.
 *
 * @param from the office's mailbox, `name <address>` or bare; the provider wants the address that logs in
 * @param date office time
 * @throws Failure (permanent) when an address is none
 */
export async function composeLetter(
  letter: LetterToSend,
  { from, date, enclosed = [] }: { from: string; date: Date; enclosed?: readonly Enclosure[] },
): Promise<Buffer> {
  const { inReplyTo, references } = thread(letter);
  const composer = new MailComposer({
    from: sender(from),
    to: { name: '', address: recipient(letter.to) },
    date,
    messageId: letter.messageId,
    ...(inReplyTo ? { inReplyTo } : {}),
    ...(references.length > 0 ? { references: references.join(' ') } : {}),
    text: crlf(letter.text),
    html: crlf(letter.html),
    encoding: 'base64',
    attachments: enclosed.map(({ fileName, contentType, bytes }) => ({
      filename: fileName,
      contentType,
      content: bytes,
    })),
    textEncoding: 'base64',
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: [
      { key: 'Subject', value: subjectValue(letter.subject) },
      { key: 'Auto-Submitted', value: letter.kind === 'digest' ? 'auto-generated' : 'auto-replied' },
      { key: 'X-Auto-Response-Suppress', value: 'All' },
      { key: 'X-Shouli-Letter', value: letter.kind },
    ],
  });
  return composer.compile().build();
}

function recipient(to: string): string {
  const address = mailAddress(to);
  if (address) return address;
  throw new Failure('permanent', '收件地址不是有效的邮箱地址，请核对后由工作人员联系对方', 'recipient is no address');
}

function sender(from: string): { name: string; address: string } {
  const [first] = addressparser(from, { flatten: true });
  const address = mailAddress(first?.address ?? '');
  if (address) return { name: visible(first?.name ?? ''), address };
  throw new Failure('permanent', '发件地址（MAIL_FROM）不是有效的邮箱地址，请改正设置', 'sender is no address');
}

/** Ids come out of strangers' mails: what is no id is left out. Long threads keep their first and newest twenty. */
function thread({ inReplyTo, references }: LetterToSend) {
  const parent = inReplyTo && isId(inReplyTo) ? inReplyTo : null;
  const all = [...new Set([...references.filter(isId), ...(parent ? [parent] : [])])];
  return { inReplyTo: parent, references: all.length > 21 ? [...all.slice(0, 1), ...all.slice(-20)] : all };
}

/** Words that look encoded already (a sender's garbled name) are encoded once more: they must be read as written. */
function subjectValue(subject: string) {
  const text = visible(subject);
  return text.includes('=?') ? { prepared: true, foldLines: true, value: encodeWord(text, 'B', 52) } : text;
}

const isId = (text: string) => /^<[\x21-\x3b\x3d\x3f-\x7e]{1,240}>$/.test(text);

const crlf = (text: string) => text.replace(/\r\n|\r|\n/g, '\r\n');

const visible = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
