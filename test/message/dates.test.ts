import { expect, test } from '@jest/globals';
import { readDate } from '../../src/message/dates.ts';
import { receivedFromHeaders } from '../../src/message/received-at.ts';
import { parsed } from './mails.ts';

const afternoon = new Date('2018-07-18T07:42:01Z');

test.each([
  'Wed, 18 Jul 2018 15:42:01 +0800',
  'Wed, 18 Jul 2018 15:42:01 +0800 (CST)',
  'Wed, 18 Jul 2018 15:42:01 +0800 (China (Standard) Time)',
  '18 Jul 2018 07:42:01 GMT',
  'Wed, 18 Jul 2018 15:42:01 GMT+0800',
  'Wed, 18 Jul 2018 15:42:01 +08:00',
  'Wed, 18 July 18 15:42:01 +0800',
  '星期三, 18 Jul 2018 15:42:01 +0800',
  '周三, 18 七月 2018 15:42:01 +0800'.replace('七月', '7月'),
  'Wed, 18 Jul 2018 00:42:01 -0700',
  'Wed Jul 18 15:42:01 2018',
  'Wed Jul 18 15:42:01 CST 2018',
  '2018-07-18T15:42:01+08:00',
  '2018-07-18T07:42:01.123Z',
  '2018-07-18 15:42:01',
  '2018/7/18 15:42:01',
  '2018年7月18日 15:42:01',
])('%s', (text) => {
  expect(readDate(text)).toEqual(afternoon);
});

test.each([
  ['without seconds', 'Wed, 18 Jul 2018 15:42 +0800', '2018-07-18T07:42:00Z'],
  ['two digits, 49', '1 Jan 49 00:00:00 +0000', '2049-01-01T00:00:00Z'],
  ['two digits, 50', '1 Jan 50 00:00:00 +0000', '1950-01-01T00:00:00Z'],
  ['30 June', '30 Jun 2018 12:00:00 +0000', '2018-06-30T12:00:00Z'],
  ['23:59:59', '20 Jul 2018 23:59:59 +0800', '2018-07-20T15:59:59Z'],
  ['midnight', '21 Jul 2018 00:00:00 +0800', '2018-07-20T16:00:00Z'],
  ['a leap second', '31 Dec 2016 23:59:60 +0000', '2016-12-31T23:59:59Z'],
])('%s', (_, text, moment) => {
  expect(readDate(text)).toEqual(new Date(moment));
});

test.each([
  '',
  'yesterday',
  '31 Jun 2018 12:00:00 +0000',
  '29 Feb 2018 12:00 +0000',
  '18 Jul 2018 24:00:00 +0800',
  '18 Jul 2018 12:60:00 +0800',
  '18 Foo 2018 12:00:00 +0800',
  '2018-13-01 12:00',
  '18 Jul 2018 12:00:00 +9900',
])('“%s” is no moment', (text) => {
  expect(readDate(text)).toBeNull();
});

test('arrival is the topmost stamp, whatever the hops below and the sender’s clock say', () => {
  expect(receivedFromHeaders(parsed('qq-web-gb18030').headers)).toEqual(new Date('2018-07-19T01:05:10Z'));
});

const received = (...values: string[]) => receivedFromHeaders(values.map((value) => ({ name: 'received', value })));

test.each([
  [
    'a semicolon inside a comment',
    'by mx1 (a; 1 Jan 2000 00:00:00 +0000) with SMTP; Wed, 18 Jul 2018 15:42:01 +0800 (CST; x)',
  ],
  ['a bracket that never closes', 'by mx1 (broken with SMTP; Wed, 18 Jul 2018 15:42:01 +0800'],
])('%s', (_, value) => {
  expect(received(value)).toEqual(afternoon);
});

test('no stamp, or a topmost one that cannot be read: unknown, the lower ones are the sender’s', () => {
  expect(received()).toBeNull();
  expect(received('by mx1; soon', 'by gz1; Wed, 18 Jul 2018 15:42:01 +0800')).toBeNull();
  expect(received('by mx1 without a date')).toBeNull();
});
