import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { Failure } from '../../../src/errors.ts';
import { composeLetter, type LetterToSend } from '../../../src/letters/smtp/compose.ts';
import { parseMail } from '../../../src/message/parse.ts';
import { notice } from '../../support/notice.ts';
import { office, receipt } from './letters.ts';

const date = new Date('2018-07-18T15:42:00+08:00');
const compose = (change: Parameters<typeof receipt>[0] = {}, from = office) =>
  composeLetter(receipt(change), { from, date });
const headOf = (raw: Buffer) => raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
const namesOf = (raw: Buffer) =>
  headOf(raw)
    .split('\r\n')
    .filter((line) => !/^[ \t]/.test(line))
    .map((line) => line.split(':')[0]?.toLowerCase());

const usualHeads = [
  'subject',
  'auto-submitted',
  'x-auto-response-suppress',
  'x-shouli-letter',
  'from',
  'to',
  'in-reply-to',
  'references',
  'message-id',
  'date',
  'mime-version',
  'content-type',
];

describe('a receipt as the union’s mail program reads it', () => {
  test('joins the union’s mail, names its kind and asks robots for silence', async () => {
    const { headers, inReplyTo, references, messageId, attachments, ...mail } = await simpleParser(await compose());
    expect(inReplyTo).toBe('<tencent_7F@qq.example>');
    expect(references).toEqual(['<first@qq.example>', '<tencent_7F@qq.example>']);
    expect(messageId).toMatch(/^<shouli\.JZGJ-2018-0007\.receipt\.[0-9a-f]{16}@126\.example>$/);
    expect(headers.get('auto-submitted')).toBe('auto-replied');
    expect(headers.get('x-auto-response-suppress')).toBe('All');
    expect(headers.get('x-shouli-letter')).toBe('receipt');
    expect(mail.date).toEqual(date);
    expect(attachments).toEqual([]);
  });

  test('Chinese whole: subject, sender, text and page, rare characters too', async () => {
    const mail = await simpleParser(await compose());
    expect(mail.subject).toBe('材料接收回执［JZGJ-2018-0007］解放区总工会—䶮师傅𠮷');
    expect(mail.from?.value).toEqual([{ name: '材料接收处', address: 'office@126.example' }]);
    expect(mail.text).toBe(receipt().text);
    expect(mail.html).toContain('<p>解放区总工会：</p>');
  });

  test('is read by our own reader as one of our letters', async () => {
    const mail = parseMail(await compose(), notice.words.mail);
    expect(mail.subject).toBe(receipt().subject);
    expect(mail.text.trim()).toBe(receipt().text.trim());
  });

  test('goes in ASCII lines that every server takes, base64 in UTF-8', async () => {
    const raw = await compose({ text: '长'.repeat(5000) });
    expect(raw.toString('latin1')).toMatch(/^[\x20-\x7e\r\n]*$/);
    expect(
      Math.max(
        ...raw
          .toString('latin1')
          .split('\r\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(78);
    expect(raw.toString().match(/charset=utf-8\r\nContent-Transfer-Encoding: base64/g)).toHaveLength(2);
    expect(raw.toString().replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('the digest answers nobody: generated, without thread', async () => {
    const raw = await compose({ kind: 'digest', inReplyTo: null, references: [] });
    const { headers, inReplyTo, references } = await simpleParser(raw);
    expect([headers.get('auto-submitted'), inReplyTo, references]).toEqual(['auto-generated', undefined, undefined]);
  });

  test('a thread of hundreds keeps its first mail and the newest twenty', async () => {
    const references = Array.from({ length: 300 }, (_, index) => `<${index}@qq.example>`);
    const mail = await simpleParser(await compose({ references, inReplyTo: '<299@qq.example>' }));
    expect(mail.references).toEqual(['<0@qq.example>', ...references.slice(-20)]);
  });

  test('ids that a stranger’s mail made up are left out', async () => {
    const mail = await simpleParser(
      await compose({
        inReplyTo: '<a b@c>',
        references: ['<x@y>\r\nBcc: all@qq.example', 'none', '<好@qq.example>', '<ok@qq.example>'],
      }),
    );
    expect([mail.inReplyTo, mail.references]).toEqual([undefined, '<ok@qq.example>']);
  });
});

describe('nobody writes headers through a name, a subject or an address', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc
      .array(
        fc.constantFrom(
          '\r\n',
          '\r',
          '\n',
          '\u2028',
          '\u0085',
          '\0',
          '\t',
          ' ',
          ',',
          ';',
          ':',
          '"',
          '\\',
          '<',
          '>',
          '(',
          ')',
          '@',
          '%0d%0a',
          '=0D=0A',
          '=?utf-8?B?DQpCY2M6IGFAcXEuZXhhbXBsZQ==?=',
          '=?utf-8?Q?=0D=0ABcc:_a@qq.example?=',
          'Bcc: a@qq.example',
          '\r\nBcc: a@qq.example',
          '\r\n\r\n<script>',
          '\r\n.\r\n',
          '某某',
          '［JZGJ-2018-0007］',
          '𠮷',
          '\ud800',
          'a@qq.example',
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
  );

  test('whatever the subject holds, the headers stay ours and it is read as written, on one line', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (subject, text) => {
        const raw = await compose({ subject: `回执 ${subject}`, text: `文 ${text}`, html: `<p>${text}</p>` });
        expect(namesOf(raw)).toEqual(usualHeads);
        const read = (await simpleParser(raw)).subject ?? '';
        expect(bare(read)).toBe(bare(`回执 ${subject}`));
        expect(read).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 150 },
    );
  });

  test('a subject without any Chinese, too', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, async (subject) => {
        const raw = await compose({ subject: `re ${subject}` });
        expect(namesOf(raw)).toEqual(usualHeads);
        expect(bare((await simpleParser(raw)).subject ?? '')).toBe(bare(`re ${subject}`));
      }),
      { numRuns: 150 },
    );
  });

  test('whatever stands for an address or an id, it goes to one address or to nobody', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, nasty, nasty, async (to, name, id) => {
        const letter: LetterToSend = receipt({ to, inReplyTo: id, references: [id, name] });
        const raw = await composeLetter(letter, { from: `"${name}" <office@126.example>`, date }).catch(
          (error) => error,
        );
        if (raw instanceof Failure) return expect(raw.kind).toBe('permanent');
        const names = namesOf(raw);
        expect(usualHeads.filter((each) => names.includes(each))).toEqual(names);
        expect(headOf(raw)).toMatch(/^To: [^\s,<>"]+@[a-z0-9.-]+$/m);
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    '',
    '张三',
    'union',
    'union@',
    '@jiefang.example',
    'union@jiefang',
    'a@b.example, c@d.example',
    'a b@qq.example',
    '"a\r\nb"@qq.example',
    '"a@evil.example"@qq.example',
    'a@qq.example\r\nRCPT TO:<b@qq.example>',
    'a@b@qq.example',
    '<a@qq.example>',
    '工会@qq.example',
    'a..b@qq.example',
    '.a@qq.example',
    'a@-qq.example',
    'a@1.2.3.4',
    `${'a'.repeat(65)}@qq.example`,
  ])('“%s” is no address: a person calls', async (to) => {
    await expect(compose({ to })).rejects.toMatchObject({
      kind: 'permanent',
      forPerson: expect.stringContaining('收件地址'),
    });
  });

  test.each([
    ['union@jiefang.example', 'union@jiefang.example'],
    [' 10001+tag@qq.example ', '10001+tag@qq.example'],
    ['a.b_c-d@vip.163.example', 'a.b_c-d@vip.163.example'],
    ['office@工会.example', 'office@xn--6oq837a.example'],
  ])('“%s” goes to %s', async (to, address) => {
    expect(headOf(await compose({ to }))).toContain(`\r\nTo: ${address}\r\n`);
  });

  test('a MAIL_FROM that is no address is said so', async () => {
    await expect(compose({}, '材料接收处')).rejects.toMatchObject({ forPerson: expect.stringContaining('MAIL_FROM') });
  });
});

/** White space and control characters aside: the header folds the one and drops the other; half a character is none. */
const bare = (text: string) => text.replace(/[\p{C}\p{Z}\s\ufffd]+/gu, '');
