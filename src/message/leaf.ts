import { decodeHeader } from './mime/encoded-word.ts';
import { firstField, readHeaderBlock } from './mime/header-block.ts';
import { decodePercentName, readParameters } from './mime/parameters.ts';
import type { Part } from './mime/parts.ts';
import { decodeTransfer } from './mime/transfer.ts';

/** A part of the mail, decoded: text of the mail itself, or a file. */
export type Leaf = {
  contentType: string;
  charset: string | null;
  /** The sender's file name, decoded but not yet cleaned. */
  name: string | null;
  contentId: string | null;
  /** Content-Disposition declares a file: `attachment`, or any with a file name. */
  asFile: boolean;
  bytes: Buffer;
  alternative: number | null;
};

/** Undoes a part's encodings; the bytes are the file as it was on the sender's disk. */
export function readLeaf({ fields, body, kind, alternative }: Part): Leaf {
  const type = readParameters(firstField(fields, 'content-type'));
  const disposition = readParameters(firstField(fields, 'content-disposition'));
  const names = [disposition.parameters.get('filename'), type.parameters.get('name')];
  const named = bestName(names);
  const contentType = kind === 'bare' ? 'text/plain' : typeOf(type.value, named !== null);
  const bytes = decodeTransfer(body, firstField(fields, 'content-transfer-encoding'));
  return {
    contentType,
    charset: type.parameters.get('charset') ?? null,
    name: named ?? (contentType === 'message/rfc822' ? nameOfMail(bytes) : null),
    contentId: /[^<>\s]+/.exec(decodeHeader(firstField(fields, 'content-id') ?? ''))?.[0] ?? null,
    asFile: disposition.value === 'attachment' || disposition.parameters.has('filename'),
    bytes,
    alternative,
  };
}

/**
 * Text without a name, and not declared an attachment, is the mail's own. Inside multipart/alternative a name in
 * the Content-Type changes nothing: some clients call their text `body.html`, and an alternative is no file.
 */
export function isBody({ contentType, name, asFile, alternative }: Leaf): boolean {
  if (contentType !== 'text/plain' && contentType !== 'text/html') return false;
  return !asFile && (name === null || alternative !== null);
}

/** The first name that was not lost on the way (`????.doc`, U+FFFD), else the first there is. */
function bestName(names: (string | undefined)[]): string | null {
  const given = names
    .filter((name) => name !== undefined && name.trim() !== '')
    .map((name) => decodePercentName(name ?? ''));
  return given.find((name) => !/\ufffd|\?{2}/.test(name)) ?? given[0] ?? null;
}

function typeOf(value: string, named: boolean): string {
  if (/^[\w.+-]+\/[\w.+-]+$/.test(value)) return value;
  return named ? 'application/octet-stream' : 'text/plain';
}

/** A mail sent on as an attachment (Foxmail, Outlook) seldom has a name: its subject is what the sender saw. */
function nameOfMail(bytes: Buffer): string | null {
  const subject = decodeHeader(firstField(readHeaderBlock(bytes, 0).fields, 'subject') ?? '');
  return subject === '' ? null : subject.replace(/(\.eml)?$/i, '.eml');
}
