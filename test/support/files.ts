import { createHash } from 'node:crypto';
import type { Document, FileType, Reading, UnreadableReason } from '../../src/documents/document.ts';
import type { OpenedFile } from '../../src/message/open.ts';
import type { PictureFacts } from '../../src/pictures/picture.ts';
import { document, grid, paragraph } from './documents.ts';

type Content = Document | PictureFacts | UnreadableReason;

/** A file as a mail's opened attachments hold it, without bytes that anybody would have to make. */
export function file(path: string, content: Content, type: FileType = 'unknown'): OpenedFile {
  const sha256 = createHash('sha256').update(path).digest('hex');
  return {
    path,
    bytes: Buffer.alloc(0),
    sha256,
    reading: reading(content, type),
    parent: null,
    inline: false,
    mail: null,
  };
}

function reading(content: Content, type: FileType): Reading {
  if (typeof content === 'string') return { kind: 'unreadable', type, reason: content, detail: '' };
  if ('blocks' in content) return { kind: 'document', type, document: content };
  return { kind: 'picture', type, picture: content };
}

/** A certificate lying across, as a telephone takes it. */
export const certificate: PictureFacts = {
  width: 2400,
  height: 1700,
  orientation: 1,
  grey: false,
  colourfulness: 20,
  paperShare: 0.8,
};

/** A 推荐表 filled in for somebody, or with the name left empty. */
export const form1For = (name: string): Document =>
  document([
    paragraph('焦作工匠推荐表'),
    grid([
      ['姓名', name, '性别', '男'],
      ['出生年月', '1975.03', '身份证号码', '410890197503150016'],
      ['工作单位', '焦作市某某机械有限公司', '岗位（工种）', '焊工'],
    ]),
  ]);

/** The scanned page of a form: pages, no text. */
export const scan: Document = document([], { pages: 1, scan: true });
