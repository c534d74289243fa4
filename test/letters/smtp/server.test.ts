import { describe, expect, test } from '@jest/globals';
import { readSmtpUrl, senderOf } from '../../../src/letters/smtp/server.ts';

describe('SMTP_URL', () => {
  test.each([
    [
      'smtps://office%40126.com:AB%25C@smtp.126.com:465',
      'smtp.126.com',
      465,
      true,
      { user: 'office@126.com', pass: 'AB%C' },
    ],
    ['smtps://office%40126.com:code@smtp.126.com', 'smtp.126.com', 465, true, { user: 'office@126.com', pass: 'code' }],
    [
      'smtps://office%40126.com:code@smtp.126.com:994',
      'smtp.126.com',
      994,
      true,
      { user: 'office@126.com', pass: 'code' },
    ],
    ['smtp://127.0.0.1:2525', '127.0.0.1', 2525, false, null],
    ['smtp://[::1]', '::1', 25, false, null],
  ])('%s', (url, host, port, tls, login) => {
    expect(readSmtpUrl(url)).toEqual({ host, port, tls, login });
  });

  test.each(['smtp.126.com', 'http://a:secret@smtp.126.com', 'smtps://', 'smtps://a:se%cret@smtp.126.com'])(
    '%s is refused, and the code in it is not repeated',
    (url) => {
      const refused = () => readSmtpUrl(url);
      expect(refused).toThrow(
        expect.objectContaining({ kind: 'usage', forPerson: expect.stringContaining('SMTP_URL') }),
      );
      expect(refused).not.toThrow(/secret|se%cret/);
    },
  );
});

test.each([
  ['smtps://office%40126.com:code@smtp.126.com', '接收处 <office@126.com>', '接收处 <office@126.com>'],
  ['smtps://office%40126.com:code@smtp.126.com', null, 'office@126.com'],
  ['smtp://127.0.0.1:25', null, null],
  ['file:out', null, null],
  ['file:out', 'office@126.com', 'office@126.com'],
])('letters over %s with MAIL_FROM %s come from %s', (url, mailFrom, from) => {
  expect(senderOf(url, mailFrom)).toBe(from);
});
