import type { UnreadableReason } from './document.ts';

/** How a reason is told: what staff read beside the file, and what the union may be asked to do (null: nothing). */
export type ReasonText = { forStaff: string; forUnion: string | null };

/**
 * Only what the sender can mend is asked of the sender: a file that our own limits stopped is opened by staff, and no
 * union hears that our machine was too small.
 */
export const reasons: Record<UnreadableReason, ReasonText> = {
  empty: { forStaff: '文件是空的，里面没有内容', forUnion: '请重新添加该文件后再次发送' },
  encrypted: { forStaff: '设有密码', forUnion: '请取消密码后重新发送' },
  corrupt: { forStaff: '文件损坏或没有传完整', forUnion: '请在电脑上确认能正常打开后重新发送' },
  unsupported: { forStaff: '这种格式不能自动读取', forUnion: null },
  archive_unsupported: {
    forStaff: '这种压缩包不能自动解开',
    forUnion: '请改用 zip 格式压缩，或不压缩直接发送',
  },
  archive_part: {
    forStaff: '是分卷压缩包的一卷，各卷在同一封邮件里齐了才能打开',
    forUnion: '请把各卷放在同一封邮件里重新发送，或不要分卷，改用 zip 格式压缩',
  },
  too_large: { forStaff: '文件太大，或解开后太大', forUnion: '请缩小图片或分几封邮件发送' },
  unsafe: { forStaff: '文件结构异常，为安全起见没有打开', forUnion: '请另存为新文件后重新发送' },
  timed_out: { forStaff: '读取时间过长，已停止', forUnion: null },
  out_of_memory: { forStaff: '读取所需内存过多，已停止', forUnion: null },
  crashed: { forStaff: '读取程序意外中断', forUnion: null },
};
