import { expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { decodeText } from '../../src/text/charset.ts';

const gb = (text: string) => iconv.encode(text, 'gb18030');
const utf8 = (text: string) => Buffer.from(text, 'utf8');

test.each([
  ['GBK labelled gb2312', gb('焦作市总工会李镕'), 'gb2312', '焦作市总工会李镕'],
  ['a four-byte GB18030 name labelled gb2312', gb('䶮㛃'), 'gb2312', '䶮㛃'],
  ['UTF-8 labelled gb2312', utf8('推荐表'), 'gb2312', '推荐表'],
  ['GBK without any label', gb('推荐表'), null, '推荐表'],
  ['GBK labelled iso-8859-1', gb('推荐表'), 'iso-8859-1', '推荐表'],
  ['GBK labelled us-ascii', gb('推荐表'), 'us-ascii', '推荐表'],
  ['one GBK sign that is valid UTF-8 too (目)', gb('目'), null, '目'],
  ['a sign of two bytes labelled UTF-8 (×)', utf8('5×7'), 'UTF-8', '5×7'],
  ['GBK labelled UTF-8', gb('推荐表'), 'utf-8', '推荐表'],
  ['Big5 with its own label', iconv.encode('推薦表', 'big5'), 'big5', '推薦表'],
  ['UTF-8 with a byte-order mark', utf8('\ufeff推荐表'), null, '推荐表'],
  ['UTF-16 of Notepad', Buffer.from('\ufeff推荐表', 'utf16le'), null, '推荐表'],
  ['a label nobody knows', gb('推荐表'), 'x-coremail', '推荐表'],
  ['plain ASCII', Buffer.from('abc'), null, 'abc'],
  ['nothing', Buffer.alloc(0), null, ''],
])('%s', (_, bytes, label, text) => {
  expect(decodeText(bytes, label)).toMatchObject({ text, sure: true });
});

test('a Chinese text cut in the middle of a sign keeps all the rest, and says it is not sure', () => {
  const cut = gb('焦作工匠推荐表').subarray(0, 13);
  expect(decodeText(cut, 'gb2312')).toMatchObject({ text: expect.stringMatching(/^焦作工匠推荐/), sure: false });
});
