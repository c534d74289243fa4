import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { Entry, ReadFile, Reading, RefusedEntry } from '../../src/documents/document.ts';
import type { Attachment } from '../../src/message/mail.ts';
import { type OpenedFile, openAttachments, openLimits } from '../../src/message/open.ts';
import { parsed, words } from './mails.ts';

const attachment = (path: string, bytes: Buffer | string, inline = false): Attachment => ({
  path,
  bytes: Buffer.from(bytes),
  contentType: 'application/octet-stream',
  contentId: null,
  inline,
});
const text = (): Reading => ({
  kind: 'document',
  type: 'text',
  document: { blocks: [], pictures: [], page: null, pages: null, scan: false, cut: false },
});

/** A reader whose "archives" are JSON: `{ entries: [[path, content]…], refused: […] }`. */
const read: ReadFile = async ({ name, bytes }) => {
  if (name.endsWith('.eml')) return { kind: 'message', type: 'eml' };
  if (!name.endsWith('.zip')) return text();
  const { entries = [], refused = [] } = JSON.parse(bytes.toString('utf8'));
  const unpacked: Entry[] = entries.map(([path, content]: [string, string]) => ({ path, bytes: Buffer.from(content) }));
  return { kind: 'container', type: 'zip', entries: unpacked, refused };
};
const zip = (entries: [string, string][], refused: RefusedEntry[] = []) => JSON.stringify({ entries, refused });

const open = (...attachments: Attachment[]) => openAttachments(attachments, read, words);
const kinds = (files: OpenedFile[]) =>
  files.map(({ path, reading }) => [path, reading.kind === 'unreadable' ? reading.reason : reading.kind]);

test('every attachment is read, with its hash and what the sender’s client showed in the text', async () => {
  const files = await open(attachment('推荐表.doc', '表'), attachment('图.jpg', '图', true));
  expect(files).toMatchObject([
    {
      path: '推荐表.doc',
      parent: null,
      inline: false,
      sha256: createHash('sha256').update('表').digest('hex'),
      mail: null,
    },
    { path: '图.jpg', parent: null, inline: true },
  ]);
});

test('archives inside archives: each container followed by its files, under its path', async () => {
  const inner = zip([['证书/一.jpg', '1']]);
  const files = await open(
    attachment(
      '材料.zip',
      zip([
        ['推荐表.docx', '表'],
        ['证书.zip', inner],
      ]),
    ),
    attachment('照片.jpg', 'x'),
  );
  expect(files.map(({ path, parent }) => [path, parent])).toEqual([
    ['材料.zip', null],
    ['材料.zip/推荐表.docx', '材料.zip'],
    ['材料.zip/证书.zip', '材料.zip'],
    ['材料.zip/证书.zip/证书/一.jpg', '材料.zip/证书.zip'],
    ['照片.jpg', null],
  ]);
});

test('an attached mail gives its attachments, and itself with text and sender', async () => {
  const files = await openAttachments(parsed('forwarded-eml').attachments, read, words);
  expect(files.map(({ path }) => path)).toEqual([
    '某厂推荐人选孙志强.eml',
    '某厂推荐人选孙志强.eml/业绩量化表.xls',
    '原邮件.eml',
    '原邮件.eml/业绩量化表.xls',
  ]);
  expect(files[0]?.mail).toMatchObject({
    text: '孙志强的材料',
    from: { name: '某厂工会' },
    subject: '某厂推荐人选孙志强',
  });
});

test('an entry its container refused is listed as unreadable, never unpacked', async () => {
  const refused: RefusedEntry[] = [
    { path: '../../密码.doc', bytes: 5, reason: 'unsafe' },
    { path: '表.xls', bytes: 7, reason: 'encrypted' },
  ];
  const files = await open(attachment('a.zip', zip([['表.xls', '1']], refused)));
  expect(kinds(files)).toEqual([
    ['a.zip', 'container'],
    ['a.zip/表.xls', 'document'],
    ['a.zip/密码.doc', 'unsafe'],
    ['a.zip/表(2).xls', 'encrypted'],
  ]);
  expect(files[2]).toMatchObject({ sha256: null, bytes: Buffer.alloc(0) });
});

test('depth 3 is opened, what lies deeper is named', async () => {
  const nest = (levels: number): string =>
    levels === 0 ? '终' : zip([[levels === 1 ? '终.doc' : `${levels}.zip`, nest(levels - 1)]]);
  const three = await open(attachment('a.zip', nest(3)));
  const four = await open(attachment('a.zip', nest(4)));
  expect(kinds(three).at(-1)).toEqual(['a.zip/3.zip/2.zip/终.doc', 'document']);
  expect(kinds(four).at(-1)).toEqual(['a.zip/4.zip/3.zip/2.zip/终.doc', 'too_large']);
});

test(`${openLimits.files} files are read, the next is named`, async () => {
  const entries = Array.from({ length: openLimits.files }, (_, index): [string, string] => [`${index}.doc`, 'x']);
  const files = kinds(await open(attachment('a.zip', zip(entries))));
  expect(files).toHaveLength(openLimits.files + 1);
  expect(files.filter(([, kind]) => kind === 'too_large')).toEqual([
    [`a.zip/${openLimits.files - 1}.doc`, 'too_large'],
  ]);
});

test('200 MB in all are read, the file that goes over is named and smaller ones behind it still read', async () => {
  const half = Buffer.alloc(openLimits.bytes / 2);
  const files = await open(
    attachment('1.doc', half),
    attachment('2.doc', half),
    attachment('3.doc', 'x'),
    attachment('4.doc', ''),
  );
  expect(kinds(files).map(([, kind]) => kind)).toEqual(['document', 'document', 'too_large', 'document']);
});

test('nothing attached, nothing read', async () => {
  expect(await open()).toEqual([]);
});

test('the order is the container’s, whichever reading ends first', async () => {
  const slowFirst: ReadFile = async (file) => {
    await new Promise((done) => setTimeout(done, file.name.startsWith('a') ? 30 : 1));
    return read(file);
  };
  const files = [attachment('a.zip', zip([['x.doc', '1']])), attachment('b.zip', zip([['y.doc', '2']]))];
  expect(kinds(await openAttachments(files, slowFirst, words))).toEqual(
    kinds(await openAttachments(files, read, words)),
  );
});
