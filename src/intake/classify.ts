import type { OpenedFile } from '../message/open.ts';
import type { Notice } from '../notice/notice.ts';
import { squeeze } from '../text/squeeze.ts';
import { classifyDocument } from './classify-document.ts';
import { classifyPicture } from './classify-picture.ts';
import { classifyUnreadable } from './classify-unreadable.ts';
import { nameHints } from './name-hints.ts';
import { settle } from './settle.ts';
import { aside, type SortedFile } from './sorted-file.ts';

/**
 * What every opened file is evidence for: by content first, by name second, or aside, or unsure (then for which
 * requirements it might be). A name alone never makes a filled form; it may sort certificates and photos, which have
 * no text to go by.
 */
export function classify(files: readonly OpenedFile[], notice: Notice): SortedFile[] {
  const sorted = files.map((file) => {
    const hints = nameHints(file.path, notice);
    const { reading } = file;
    if (isIdCard(file, notice)) return { ...aside(file, '像是身份证件，不在所需材料之内'), idCard: true };
    if (reading.kind === 'unreadable') return classifyUnreadable(file, hints, notice);
    if (reading.kind === 'picture') return classifyPicture(file, reading.picture, hints, notice);
    if (reading.kind === 'document') return classifyDocument(file, reading.document, hints, notice);
    if (reading.kind === 'message') return aside(file, '附来的邮件，内容已逐一打开');
    const whole = reading.partOf?.split('/').at(-1);
    return aside(file, whole ? `分卷压缩包的一卷，已与 ${whole} 合并打开` : '压缩包，内容已逐一打开');
  });
  return settle(sorted, notice);
}

function isIdCard({ path }: OpenedFile, notice: Notice): boolean {
  const name = squeeze(path.split('/').at(-1) ?? '');
  return notice.words.values.idCard.some((word) => name.includes(squeeze(word)));
}
