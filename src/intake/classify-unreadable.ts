import type { FileType } from '../documents/document.ts';
import { reasons } from '../documents/reasons.ts';
import type { OpenedFile } from '../message/open.ts';
import type { Notice } from '../notice/notice.ts';
import type { NameHint } from './name-hints.ts';
import { aside, type SortedFile, unsure } from './sorted-file.ts';

const archives: readonly FileType[] = ['zip', 'rar', '7z', 'gzip'];
const archiveNames = /\.(?:zip|rar|7z|gz|tar|tgz)$/i;

/** Whether it holds files, by its content or by its name: 申报表.rar may hold everything. */
export const isArchive = (path: string, type: FileType = 'unknown') =>
  archives.includes(type) || archiveNames.test(path);

/**
 * A file that could not be read might be what its name says; without a word in the name, anything at all. So might an
 * archive whatever its name.
 */
export function classifyUnreadable(file: OpenedFile, hints: NameHint[], notice: Notice): SortedFile {
  if (file.reading.kind !== 'unreadable') throw new Error(`${file.path} was read`);
  const { reason } = file.reading;
  if (reason === 'empty' && file.inline) return aside(file, '正文里的空图片');
  const named = isArchive(file.path, file.reading.type) ? [] : hints.map(({ requirement }) => requirement.code);
  const any = notice.requirements.map(({ code }) => code);
  return unsure(file, named.length > 0 ? named : any, `没有打开：${reasons[reason].forStaff}`);
}
