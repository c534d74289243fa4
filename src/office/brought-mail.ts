import { Failure } from '../errors.ts';

/** A file that reached the office by other ways: carried in, sent to a phone, fetched from behind a link. */
export type BroughtFile = { name: string; bytes: Buffer };

/** As much as NetEase would have let through by mail. */
export const maxBroughtBytes = 50 << 20;

/** What the mail says besides its files. Message-IDs with their brackets. */
type Head = { from: string; by: string; number: string; at: Date; messageId: string; inReplyTo: string | null };

/**
 * The files as a mail (RFC 5322, RFC 2045), so that they are kept, read and rebuilt like whatever a union sends. The header
 * says who brought them; what makes them staff's is the act, for anybody can write a header.
 */
export function broughtMail(files: readonly BroughtFile[], head: Head): Buffer {
  const boundary = `shouli-${head.messageId.replace(/[^\w]/g, '')}`;
  const { from, by, number, at, messageId, inReplyTo } = head;
  const lines = [
    `From: <${from}>`,
    `To: <${from}>`,
    `Subject: ${words(`工作人员补入材料[${number}]`)}`,
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageId}`,
    ...(inReplyTo === null ? [] : [`In-Reply-To: ${inReplyTo}`]),
    `X-Shouli-Brought-By: ${words(by)}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    ...files.flatMap((file) => [`--${boundary}`, ...part(file)]),
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

const part = ({ name, bytes }: BroughtFile) => [
  'Content-Type: application/octet-stream',
  `Content-Disposition: attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
  'Content-Transfer-Encoding: base64',
  '',
  bytes.toString('base64').replace(/.{76}/g, '$&\r\n'),
];

/** RFC 2047: encoded words of at most 75 signs, each of whole characters. */
function words(text: string): string {
  const pieces = [''];
  for (const sign of text.replace(/[\r\n]+/g, ' ')) {
    const last = pieces.at(-1) ?? '';
    if (Buffer.byteLength(last + sign) <= 45) pieces[pieces.length - 1] = last + sign;
    else pieces.push(sign);
  }
  return pieces.map((piece) => `=?UTF-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\r\n ');
}

/**
 * The files under names that can stand in a mail: no folders, no control signs, each once.
 *
 * @throws Failure (usage) without a file, with one that holds nothing, or with more than mail would carry
 */
export function namedOnce(files: readonly BroughtFile[]): BroughtFile[] {
  if (files.length === 0) throw new Failure('usage', '请选择要补入的文件');
  if (files.some(({ bytes }) => bytes.length === 0)) throw new Failure('usage', '选的文件里有空文件，请重新选择');
  if (files.reduce((sum, { bytes }) => sum + bytes.length, 0) > maxBroughtBytes)
    throw new Failure('usage', '一次补入的文件合计不能超过50MB，请分几次');
  const taken = new Set<string>();
  return files.map(({ name, bytes }, index) => {
    const plain = (name.split(/[/\\]/).at(-1) ?? '').replace(/\p{Cc}/gu, '').trim() || `文件${index + 1}`;
    const free = taken.has(plain) ? `${index + 1}-${plain}` : plain;
    taken.add(free);
    return { name: free, bytes };
  });
}
