import { isPartName } from '../documents/archive/parts.ts';
import type { FileType, PartsThere } from '../documents/document.ts';
import { reasons } from '../documents/reasons.ts';
import type { OpenedFile } from '../message/open.ts';
import type { Notice } from '../notice/notice.ts';
import type { NameHint } from './name-hints.ts';
import { aside, type SortedFile, unsure } from './sorted-file.ts';

const archives: readonly FileType[] = ['zip', 'rar', '7z', 'tar', 'gzip'];
const archiveNames = /\.(?:zip|rar|7z|gz|tar|tgz)$/i;

/** Whether it holds files, by its content or by its name: 申报表.rar may hold everything. */
export const isArchive = (path: string, type: FileType = 'unknown') =>
  archives.includes(type) || archiveNames.test(path) || isPartName(path);

/**
 * A file that could not be read might be what its name says; without a word in the name, anything at all. So might an
 * archive whatever its name.
 */
export function classifyUnreadable(file: OpenedFile, hints: NameHint[], notice: Notice): SortedFile {
  if (file.reading.kind !== 'unreadable') throw new Error(`${file.path} was read`);
  const { reason, parts } = file.reading;
  if (reason === 'empty' && file.inline) return aside(file, '正文里的空图片');
  const named = isArchive(file.path, file.reading.type) ? [] : hints.map(({ requirement }) => requirement.code);
  const any = notice.requirements.map(({ code }) => code);
  return unsure(
    file,
    named.length > 0 ? named : any,
    `没有打开：${parts ? sayParts(parts) : reasons[reason].forStaff}`,
  );
}

/** Which parts of a divided archive came, and which are wanted. */
function sayParts({ there, missing }: PartsThere): string {
  const wanted = missing.length > 0 ? `缺 ${namesOf(missing)}` : '缺后面的分卷，或有一卷没有传完整';
  return `分卷压缩包不齐，现有 ${namesOf(there)}，${wanted}；各卷在同一封邮件里齐了才能打开`;
}

/** A name ending in `.part999.rar` must not fill the page with those before it. */
const mostNames = 10;

function namesOf(paths: string[]): string {
  const names = paths.slice(0, mostNames).map((path) => path.split('/').at(-1) ?? path);
  return `${names.join('、')}${paths.length > mostNames ? ` 等 ${paths.length} 卷` : ''}`;
}
