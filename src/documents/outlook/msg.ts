import msgreader, { type FieldsData } from '@kenjiuno/msgreader';
import { decodeText } from '../../text/charset.ts';
import type { OutlookFile, OutlookMail } from '../document.ts';
import { corrupt, Unreadable } from '../unreadable.ts';
import { rtfBody } from './rtf-body.ts';

type Reader = InstanceType<typeof msgreader.default>;

const maxFiles = 200;
const utf8Page = 65_001;

/**
 * Reads a mail that Outlook saved as .msg, or that someone sent on as one. A mail inside it is a file ending in .msg.
 * @throws Unreadable `corrupt`, `too_large` (more than 200 files)
 */
export async function readMsg(bytes: Buffer): Promise<OutlookMail> {
  const { reader, data } = opened(bytes);
  const files = data.attachments ?? [];
  if (files.length > maxFiles) throw new Unreadable('too_large', `邮件里的文件超过 ${maxFiles} 个`);
  const { subject = '', body = '', html, bodyHtml, senderName = '', compressedRtf } = data;
  const page = html ? decodeText(html).text : (bodyHtml ?? '');
  const address = [data.senderSmtpAddress, data.senderEmail, data.creatorSMTPAddress].find((each) =>
    each?.includes('@'),
  );
  return {
    subject,
    from: senderName || address ? { name: senderName, address: address ?? '' } : null,
    sentAt: moment(data.clientSubmitTime ?? data.messageDeliveryTime),
    text: body || (page ? '' : await rtfBody(compressedRtf ? Buffer.from(compressedRtf) : null)),
    html: page,
    files: files.map((file) => fileOf(reader, file)),
  };
}

/** Old ones hold 8-bit text: UTF-8 where they say so, else as Chinese Windows writes it. */
function opened(bytes: Buffer): { reader: Reader; data: FieldsData } {
  const first = readAs(bytes, 'gb18030');
  const page = first.data.messageCodepage ?? first.data.internetCodepage;
  return page === utf8Page ? readAs(bytes, 'utf8') : first;
}

function readAs(bytes: Buffer, ansiEncoding: string): { reader: Reader; data: FieldsData } {
  try {
    const reader = new msgreader.default(new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
    reader.parserConfig = { ansiEncoding };
    const data = reader.getFileData();
    if (data.error) throw new Error(data.error);
    return { reader, data };
  } catch (error) {
    throw corrupt('Outlook 邮件读不出来', error);
  }
}

function fileOf(reader: Reader, file: FieldsData): OutlookFile {
  const { fileName, content } = reader.getAttachment(file);
  const name = [file.fileName, file.name, file.fileNameShort, fileName].find(Boolean) ?? null;
  const isMail = file.innerMsgContent === true;
  return {
    name: name && isMail ? name.replace(/(\.msg)?$/i, '.msg') : name,
    bytes: Buffer.from(content),
    contentId: file.pidContentId ?? null,
  };
}

function moment(text: string | undefined): Date | null {
  const time = new Date(text ?? '');
  return Number.isNaN(time.getTime()) ? null : time;
}
