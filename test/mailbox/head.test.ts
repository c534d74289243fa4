import { expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { readHead } from '../../src/mailbox/head.ts';

const head = (text: string, charset = 'utf8') => readHead(iconv.encode(text.replaceAll('\n', '\r\n'), charset));

test('reads sender, subject and threads', () => {
  const read = head(`From: =?utf-8?B?${Buffer.from('解放区总工会').toString('base64')}?= <gonghui@example.com>
Subject: =?gb18030?B?${iconv.encode('回复：补正', 'gb18030').toString('base64')}?=
Message-ID: <1@example.com>
References: <a@shouli.example> <b@shouli.example>
In-Reply-To: <b@shouli.example>

`);
  expect(read).toEqual({
    messageId: '<1@example.com>',
    from: 'gonghui@example.com',
    fromName: '解放区总工会',
    subject: '回复：补正',
    inReplyTo: ['a@shouli.example', 'b@shouli.example'],
  });
});

test('raw GBK in the headers, which most libraries lose for good', () => {
  const read = head('From: 山阳区总工会 <gonghui@example.com>\nSubject: 推荐材料\n\n', 'gbk');
  expect(read).toMatchObject({ fromName: '山阳区总工会', subject: '推荐材料' });
});

test('nothing there: nothing told', () => {
  expect(head('')).toEqual({ messageId: null, from: '', fromName: '', subject: '', inReplyTo: [] });
  expect(head('Message-ID: <>\nIn-Reply-To: \n\n')).toMatchObject({ messageId: null, inReplyTo: [] });
});

test('what a line of the ledger cannot hold is cut, never refused', () => {
  const read = head(
    `Subject: ${'长'.repeat(5_000)}\nReferences: ${'<x@y> '.repeat(3)}${Array.from({ length: 500 }, (_, n) => `<${n}@y>`).join(' ')}\n\n`,
  );
  expect(read.subject).toHaveLength(1_000);
  expect(read.inReplyTo).toHaveLength(100);
  expect(read.inReplyTo.at(-1)).toBe('499@y');
});
