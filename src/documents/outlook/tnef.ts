import { decodeText } from '../../text/charset.ts';
import type { OutlookFile, OutlookMail } from '../document.ts';
import { corrupt, Unreadable } from '../unreadable.ts';
import { bytesOf, type Properties, property, readProperties, textOf, timeOf } from './mapi.ts';
import { rtfBody } from './rtf-body.ts';

/** Attributes of [MS-OXTNEF] 2.1.3.2, type and number together. */
const attribute = {
  codePage: 0x00069007,
  subject: 0x00018004,
  body: 0x0002800c,
  properties: 0x00069003,
  beginsFile: 0x00069002,
  fileTitle: 0x00018010,
  fileData: 0x0006800f,
  fileProperties: 0x00069005,
} as const;

const maxFiles = 200;

type File = { title: Buffer; data: Buffer | null; properties: Properties };
type Taken = { codePage: number; subject: Buffer; body: Buffer; properties: Properties; files: File[] };

/**
 * Reads winmail.dat: what Outlook sends as "rich text" instead of attachments. The bodies that an ordinary mail shows
 * are in the mail around it as well.
 *
 * @throws Unreadable `corrupt`, `too_large` (more than 200 files)
 */
export async function readTnef(bytes: Buffer): Promise<OutlookMail> {
  const taken: Taken = {
    codePage: 0,
    subject: Buffer.alloc(0),
    body: Buffer.alloc(0),
    properties: new Map(),
    files: [],
  };
  let seen = 0;
  for (const { id, data } of attributesIn(bytes)) {
    note(taken, id, data);
    seen += 1;
  }
  if (seen === 0) throw corrupt('winmail.dat 读不出来，可能没有传完', null);
  return mailOf(taken);
}

/** Level, number, length, data, checksum; ends where the file does, also in the middle of one. */
function* attributesIn(bytes: Buffer): Generator<{ id: number; data: Buffer }> {
  for (let at = 6; at + 9 <= bytes.length; ) {
    const [id, length] = [bytes.readUInt32LE(at + 1), bytes.readUInt32LE(at + 5)];
    const data = bytes.subarray(at + 9, at + 9 + length);
    if (data.length < length) return;
    yield { id, data };
    at += 9 + length + 2;
  }
}

function note(taken: Taken, id: number, data: Buffer): void {
  if (id === attribute.beginsFile) {
    if (taken.files.length >= maxFiles) throw new Unreadable('too_large', `winmail.dat 里的文件超过 ${maxFiles} 个`);
    taken.files.push({ title: Buffer.alloc(0), data: null, properties: new Map() });
  }
  const file = taken.files.at(-1);
  if (id === attribute.codePage && data.length >= 4) taken.codePage = data.readUInt32LE(0);
  else if (id === attribute.subject) taken.subject = data;
  else if (id === attribute.body) taken.body = data;
  else if (id === attribute.properties) taken.properties = readProperties(data);
  else if (file && id === attribute.fileTitle) file.title = data;
  else if (file && id === attribute.fileData) file.data = data;
  else if (file && id === attribute.fileProperties) file.properties = readProperties(data);
}

async function mailOf({ codePage, subject, body, properties, files }: Taken): Promise<OutlookMail> {
  const charset = codePage === 0 ? null : codePage === 65_001 ? 'utf-8' : `windows-${codePage}`;
  const text = (id: number) => textOf(properties, id, charset);
  const html = bytesOf(properties, property.html);
  const plain = text(property.body) || plainText(body, charset);
  const address = [text(property.senderSmtp), text(property.senderAddress)].find((each) => each.includes('@'));
  const name = text(property.senderName);
  return {
    subject: text(property.subject) || plainText(subject, charset),
    from: name || address ? { name, address: address ?? '' } : null,
    sentAt: timeOf(properties, property.submitTime),
    text: plain || (html ? '' : await rtfBody(bytesOf(properties, property.rtf))),
    html: html ? decodeText(html, charset).text : '',
    files: files.flatMap((file) => fileOf(file, charset)),
  };
}

const plainText = (bytes: Buffer, charset: string | null) => decodeText(bytes, charset).text.replace(/\0[\s\S]*$/, '');

/** The long name; the short one (`推荐~1.DOC`) where there is none. A mail inside is such a stream again. */
function fileOf({ title, data, properties }: File, charset: string | null): OutlookFile[] {
  const inner = bytesOf(properties, property.attachObject);
  const bytes = data?.length ? data : inner;
  if (!bytes) return [];
  const names = [property.attachLongName, property.attachName, property.displayName];
  const named = names.map((id) => textOf(properties, id, charset)).find(Boolean) ?? plainText(title, charset);
  return [
    {
      name: named || null,
      bytes,
      contentId: textOf(properties, property.contentId, charset) || null,
    },
  ];
}
