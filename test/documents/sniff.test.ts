import { utils, write } from '@e965/xlsx';
import { expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import sharp from 'sharp';
import { ole } from '../../fixtures/documents/hostile.ts';
import { docx, text, zip } from '../../fixtures/documents/office.ts';
import { sniff } from '../../src/documents/sniff/sniff.ts';

const photo = sharp({ create: { width: 30, height: 40, channels: 3, background: '#438edb' } });
const latin = (bytes: string) => Buffer.from(bytes, 'latin1');
const book = utils.book_new();
utils.book_append_sheet(book, utils.aoa_to_sheet([['姓名']]), '附件2');
const xls = write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer;
const wordFile = ole({ WordDocument: Buffer.alloc(4_096), '1Table': Buffer.alloc(4_096) });
const docxOf = (main: string) => docx({ body: text('推荐表'), main });
const mail = 'Received: from mail.126.com\r\nFrom: a@126.com\r\nSubject: =?gb2312?B?xPqhow==?=\r\n\r\n正文';

test.each([
  ['a docx', '推荐表.docx', docxOf('word/document.xml'), 'docx'],
  ['a docx that WPS named .wps', '推荐表.wps', docxOf('word/document.xml'), 'docx'],
  ['a docx that a person named .doc', '推荐表.doc', docxOf('word/document.xml'), 'docx'],
  ['a docx whose main part has another name', '推荐表.docx', docxOf('word/document2.xml'), 'docx'],
  ['an xls', '一览表.xls', xls, 'xls'],
  ['an et', '一览表.et', xls, 'et'],
  ['an xls without a name that tells', '附件', xls, 'xls'],
  [
    'an xls that WPS marked, without a name that tells',
    '附件',
    Buffer.concat([xls, latin('KSOProductBuildVer')]),
    'et',
  ],
  [
    'an xls that WPS marked and its user named .xls',
    '一览表.xls',
    Buffer.concat([xls, latin('KSOProductBuildVer')]),
    'xls',
  ],
  ['a doc', '推荐表.doc', wordFile, 'doc'],
  ['a wps', '推荐表.wps', wordFile, 'wps'],
  [
    'a doc with a workbook inside',
    'x.doc',
    ole({ '/ObjectPool/_1/Workbook': Buffer.alloc(4_096), '/WordDocument': Buffer.alloc(4_096) }),
    'doc',
  ],
  ['slides of old', '介绍.ppt', ole({ 'PowerPoint Document': Buffer.alloc(4_096) }), 'ppt'],
  ['an Outlook mail', '转发.msg', ole({ '__properties_version1.0': Buffer.alloc(4_096) }), 'msg'],
  ['Works of long ago, also named .wps', '旧.wps', ole({ CONTENTS: Buffer.alloc(4_096) }), 'ole'],
  ['RTF named .doc', '推荐表.doc', latin('{\\rtf1\\ansi x}'), 'rtf'],
  [
    'HTML named .xls',
    '一览表.xls',
    latin('\r\n<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>'),
    'html',
  ],
  ['a bare HTML table named .xls', '一览表.xls', latin('<table border=1><tr><td>1</td></tr></table>'), 'html'],
  [
    'Excel 2003 XML named .xls',
    '一览表.xls',
    latin('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'),
    'xml',
  ],
  ['a PDF', '推荐表.pdf', latin('%PDF-1.4\n'), 'pdf'],
  ['a PDF behind a line of a scanner', '推荐表.pdf', latin('\r\n\r\n%PDF-1.4\n'), 'pdf'],
  ['a JPEG named .bmp', '照片.bmp', photo.clone().jpeg().toBuffer(), 'jpeg'],
  ['a PNG named .jpg', '照片.jpg', photo.clone().png().toBuffer(), 'png'],
  ['a WebP from a phone', '照片.jpg', photo.clone().webp().toBuffer(), 'webp'],
  ['a GIF', 'a', photo.clone().gif().toBuffer(), 'gif'],
  ['a TIFF', 'a', photo.clone().tiff().toBuffer(), 'tiff'],
  ['a HEIC from an iPhone', '照片.jpg', latin('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 'heic'],
  ['a BMP', 'a', Buffer.concat([latin('BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0'), Buffer.alloc(52)]), 'bmp'],
  ['a text that begins with BM', 'a.txt', Buffer.from('BM 部门的说明，不是图片，只是一段文字而已。'), 'text'],
  ['a RAR', '材料.zip', latin('Rar!\x1a\x07\x01\0'), 'rar'],
  ['a 7z', '材料.zip', latin("7z\xbc\xaf'\x1c\0\x04"), '7z'],
  ['a gzip', '材料.zip', latin('\x1f\x8b\x08\0'), 'gzip'],
  ['winmail.dat', 'winmail.dat', latin('\x78\x9f\x3e\x22\x01\0'), 'tnef'],
  ['a plain zip', '材料.zip', zip({ '推荐表.txt': 'x' }), 'zip'],
  ['a mail', '转发邮件', Buffer.from(mail), 'eml'],
  ['a mail of one header, named .eml', 'a.eml', latin('Subject: x\r\n\r\nbody'), 'eml'],
  ['a note with one line like a header', 'a.txt', latin('Subject: x\r\n\r\nbody'), 'text'],
  ['a GBK text', '说明.txt', iconv.encode('推荐人选李工匠', 'gbk'), 'text'],
  ['a UTF-16 text of Notepad', '说明.txt', Buffer.from('\ufeff推荐人选', 'utf16le'), 'text'],
])('%s', async (_, name, bytes, type) => {
  expect(await sniff({ name, bytes: await bytes })).toEqual({ type, reason: null, detail: '' });
});

test.each([
  ['nothing at all', '照片.jpg', Buffer.alloc(0), 'empty', 'empty'],
  ['a program', 'setup.exe', Buffer.concat([latin('MZ\x90\0\x03\0\0\0'), Buffer.alloc(300)]), 'unknown', 'unsupported'],
  [
    'a program named .jpg',
    '照片.jpg',
    Buffer.concat([latin('MZ\x90\0\x03\0\0\0'), Buffer.alloc(300)]),
    'unknown',
    'corrupt',
  ],
  ['an OFD, which is a zip', '公文.ofd', zip({ 'OFD.xml': '<x/>' }), 'unknown', 'unsupported'],
  [
    'an OpenDocument text, which is a zip',
    '表.odt',
    zip({ mimetype: 'a', 'content.xml': '<x/>' }),
    'unknown',
    'unsupported',
  ],
])('%s is named for what it is', async (_, name, bytes, type, reason) => {
  expect(await sniff({ name, bytes: await bytes })).toMatchObject({ type, reason });
});
