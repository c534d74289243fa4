import { expect, test } from '@jest/globals';
import { identityReader } from '../../src/mailbox/identity.ts';

const hop = 'Received: from mx1 by imap1 (Coremail) with SMTP id QMCowAA;\r\n\tTue, 10 Jul 2018 10:00:00 +0800\r\n';
const travelled = 'Received: from office by mx1; Tue, 10 Jul 2018 09:59:59 +0800\r\n';
const written = 'From: gonghui@example.com\r\nMessage-ID: <1@example.com>\r\nSubject: tuijian\r\n\r\n';
const text = 'first line\r\nsecond line\r\n';
const mail = `Return-Path: <gonghui@example.com>\r\n${hop}${travelled}${written}${text}`;

function identity(raw: string | Buffer, pieceBytes = Number.POSITIVE_INFINITY): string {
  const reader = identityReader();
  const bytes = Buffer.from(raw as string, 'latin1');
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.add(bytes.subarray(at, at + pieceBytes));
  return reader.end().identity;
}

test.each([
  ['delivered again, by another hop', mail.replace(hop, 'Received: by mx9; Wed, 11 Jul 2018 08:00:00 +0800\r\n')],
  ['copied to a folder that notes more about it', `X-CM-TRANSID: 77\r\nDelivered-To: clerk@example.com\r\n${mail}`],
  ['exported with bare line feeds', mail.replaceAll('\r\n', '\n')],
  ['with the topmost Received in small letters', mail.replace('Received: from mx1', 'received : from mx1')],
])('%s: the same mail', (_, copy) => {
  expect(identity(copy)).toBe(identity(mail));
});

test.each([
  ['same Message-ID, another text', mail.replace('first', 'other')],
  ['sent anew: it travelled at another time', mail.replace('09:59:59', '11:00:00')],
  ['another subject', mail.replace('tuijian', 'buchong')],
  ['a line feed more', `${mail}\r\n`],
  ['a carriage return inside a line', mail.replace('first line', 'first\rline')],
])('%s: another mail', (_, other) => {
  expect(identity(other)).not.toBe(identity(mail));
});

test('without any Received the whole mail counts', () => {
  const direct = `${written}${text}`;
  expect(identity(direct)).not.toBe(identity(`X-CM-TRANSID: 77\r\n${direct}`));
  expect(identity(direct)).not.toBe(identity(mail));
});

test('a Received that stands in the text is text', () => {
  const quoting = `${written}Received: by mx1\r\n${text}`;
  expect(identity(quoting)).not.toBe(identity(`${written}Received: by mx2\r\n${text}`));
});

test.each([1, 2, 7, 64])('pieces of %d bytes make no difference, wherever they cut a line end', (pieceBytes) => {
  expect(identity(mail, pieceBytes)).toBe(identity(mail));
});

test('neither do they with more headers than anybody reads', () => {
  const endless = `Received: by mx1\r\n${'X-Long: 1\r\n'.repeat(120_000)}\r\n${text}`;
  expect(identity(endless, 65_536)).toBe(identity(endless));
});

test.each([0, 1, 2, 3])('a mail of 200 KB is the same with bare line feeds, %d signs further on', (signs) => {
  const long = `${written}${'-'.repeat(signs)}${'1\r\n'.repeat(70_000)}`;
  expect(identity(long.replaceAll('\r\n', '\n'))).toBe(identity(long));
});
