import { decodeText } from '../../text/charset.ts';
import type { FileType } from '../document.ts';
import type { NamedFile } from './sniffed.ts';

const headBytes = 64 * 1024;

/** Tells mail, HTML, XML and plain text from each other; null for what is no text at all. */
export function sniffText({ name, bytes }: NamedFile): FileType | null {
  const head = bytes.subarray(0, headBytes);
  const text = readable(head);
  if (text === null) return null;
  if (isMail(text, name)) return 'eml';
  return markup(text.trimStart().slice(0, 8_192).toLowerCase()) ?? 'text';
}

/** The head as text, or null when it is binary: NUL bytes, more than a few control bytes, or signs lost in decoding. */
function readable(head: Buffer): string | null {
  const utf16 = head.length >= 2 && [0xfffe, 0xfeff].includes(head.readUInt16BE(0));
  if (!utf16 && controls(head) * 200 > head.length) return null;
  const { text } = decodeText(head);
  const lost = text.split('\ufffd').length - 1; // one at the very end is a sign that our cut halved
  return lost * 50 > text.length ? null : text;
}

function controls(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes)
    if (byte === 0) return Number.POSITIVE_INFINITY;
    else if (byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte)) count += 1;
  return count;
}

const mailHeaders = ['received', 'return-path', 'from', 'to', 'date', 'subject', 'message-id', 'mime-version'];

/** A block of header lines (RFC 5322 2.2) with two that only mails bear, or one in a file named .eml. */
function isMail(text: string, name: string): boolean {
  const seen = new Set<string>();
  for (const line of text.slice(0, headBytes).split(/\r?\n/, 200)) {
    const header = /^([!-9;-~]{1,60}):/.exec(line)?.[1]?.toLowerCase();
    if (header) seen.add(header);
    else if (!/^[ \t]|^From /.test(line)) break; // neither a header, nor folded, nor the first line of an mbox
  }
  const known = mailHeaders.filter((header) => seen.has(header)).length;
  return known >= (/\.eml$/i.test(name) ? 1 : 2);
}

const webElements = /^(html|head|body|table|tr|meta|title|style|script|div|p|span|font|center|br|b|img|h[1-6])$/;

/** By the first element: `<Workbook>` of Excel 2003 holds a `<Table>` too. */
function markup(head: string): FileType | null {
  if (!head.startsWith('<')) return null;
  const root = /<([a-z][\w:.-]*)/.exec(head.replace(/<!--[\s\S]*?-->/g, ''))?.[1] ?? '';
  if (webElements.test(root) || head.startsWith('<!doctype html')) return 'html';
  return head.startsWith('<?xml') || head.includes('xmlns') ? 'xml' : null;
}
