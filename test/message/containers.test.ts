import { afterAll, expect, test } from '@jest/globals';
import { openReader } from '../../src/documents/reader.ts';
import { openAttachments } from '../../src/message/open.ts';
import { parsed, words } from './mails.ts';

const reader = openReader();
afterAll(() => reader.close());

/** Every file of the mail on its way through real child processes: `path = what it was read as`. */
async function filesOf(name: string): Promise<string[]> {
  const { attachments, text, subject } = parsed(name);
  const files = await openAttachments(attachments, reader.read, words, [text, subject]);
  return files.map(({ path, reading }) => `${path} = ${reading.kind === 'unreadable' ? reading.reason : reading.kind}`);
}

test.each<[string, string[]]>([
  ['rar-of-winrar-4', ['材料.rar = container', '材料.rar/材料/焦作工匠推荐表䶮.txt = document']],
  ['rar-of-winrar-5', ['材料.rar = container', '材料.rar/焦作工匠推荐表.txt = document']],
  ['rar-with-the-password-in-the-letter', ['材料.rar = container', '材料.rar/焦作工匠推荐表.txt = document']],
  [
    'rar-with-the-password-in-its-name',
    ['材料（密码gh2018）.rar = container', '材料（密码gh2018）.rar/焦作工匠推荐表.txt = document'],
  ],
  ['rar-with-the-password-by-telephone', ['材料.rar = encrypted']],
  ['rar-in-parts', ['材料.part1.rar = archive_part']],
  ['7z-of-7-zip', ['材料.7z = container', '材料.7z/焦作工匠推荐表.txt = document']],
  [
    'zip-inside-a-rar',
    ['材料.rar = container', '材料.rar/里面.zip = container', '材料.rar/里面.zip/焦作工匠推荐表.txt = document'],
  ],
  [
    'rar-that-climbs-out',
    ['材料.rar = container', '材料.rar/焦作工匠推荐表.txt = document', '材料.rar/a.txt = unsafe'],
  ],
  [
    'winmail-with-long-names',
    [
      'winmail.dat = message',
      'winmail.dat/焦作工匠推荐表（最终版）.txt = document',
      'winmail.dat/证书.rar = container',
      'winmail.dat/证书.rar/证书.txt = document',
      'winmail.dat/照片来信 = message',
      'winmail.dat/照片来信/照片.txt = document',
    ],
  ],
  [
    'outlook-msg-sent-on',
    [
      '焦作工匠推荐材料.msg = message',
      '焦作工匠推荐材料.msg/焦作工匠推荐表（最终版）.txt = document',
      '焦作工匠推荐材料.msg/证书.rar = container',
      '焦作工匠推荐材料.msg/证书.rar/证书.txt = document',
      '焦作工匠推荐材料.msg/照片来信.msg = message',
      '焦作工匠推荐材料.msg/照片来信.msg/照片.txt = document',
    ],
  ],
])('%s', async (name, files) => {
  expect(await filesOf(name)).toEqual(files);
});

test('a mail saved by Outlook says who wrote it and what', async () => {
  const { attachments } = parsed('outlook-msg-sent-on');
  const [mail] = await openAttachments(attachments, reader.read, words);
  expect(mail?.mail).toMatchObject({
    subject: '焦作工匠推荐材料',
    from: { name: '王丽', address: 'wangli@example.com' },
    text: '材料见附件，解压密码：8866',
  });
});
