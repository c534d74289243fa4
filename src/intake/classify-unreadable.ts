import { reasons } from '../documents/reasons.ts';
import type { OpenedFile } from '../message/open.ts';
import type { Notice } from '../notice/notice.ts';
import type { NameHint } from './name-hints.ts';
import { aside, type SortedFile, unsure } from './sorted-file.ts';

/** A file that could not be read might be what its name says; without a word in the name, anything at all. */
export function classifyUnreadable(file: OpenedFile, hints: NameHint[], notice: Notice): SortedFile {
  if (file.reading.kind !== 'unreadable') throw new Error(`${file.path} was read`);
  const { reason } = file.reading;
  if (reason === 'empty' && file.inline) return aside(file, '正文里的空图片');
  const named = hints.map(({ requirement }) => requirement.code);
  const any = notice.requirements.map(({ code }) => code);
  return unsure(file, named.length > 0 ? named : any, `没有打开：${reasons[reason].forStaff}`);
}
