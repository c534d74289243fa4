import type { FileType, UnreadableReason } from '../documents/document.ts';
import { reasons } from '../documents/reasons.ts';
import type { Refusal } from './preview.ts';

const names: Partial<Record<FileType, string>> = {
  docx: 'Word 文件',
  doc: 'Word 文件',
  wps: 'WPS 文字文件',
  rtf: 'RTF 文件',
  xlsx: 'Excel 文件',
  xls: 'Excel 文件',
  et: 'WPS 表格文件',
  pptx: 'PowerPoint 文件',
  ppt: 'PowerPoint 文件',
  pdf: 'PDF 文件',
  text: '文本文件',
  html: '网页文件',
  xml: 'XML 文件',
  jpeg: 'JPEG 图片',
  png: 'PNG 图片',
  gif: 'GIF 图片',
  bmp: 'BMP 图片',
  tiff: 'TIFF 图片',
  webp: 'WebP 图片',
  heic: '苹果手机照片（HEIC）',
  zip: 'zip 压缩包',
  rar: 'rar 压缩包',
  '7z': '7z 压缩包',
  gzip: 'gzip 压缩包',
  eml: '转发的邮件',
  msg: 'Outlook 邮件',
  tnef: 'Outlook 附件包（winmail.dat）',
  ole: '旧式办公文件',
};

/**
 * Why a file cannot be shown, and what it is: `PDF 文件：设有密码（打开需要密码）。`
 *
 * @param detail in Chinese, for staff; may be empty
 */
export function refusal(type: FileType, why: UnreadableReason, detail = ''): Refusal {
  const said = `${reasons[why].forStaff}${detail && `（${detail}）`}`;
  return { kind: 'none', type, why, reason: names[type] ? `${names[type]}：${said}。` : `${said}。` };
}

/** A file that holds others has nothing to show of its own. */
export function holdsOthers(type: FileType): Refusal {
  const reason = `${names[type] ?? '压缩包'}：里面的文件已分别列出。`;
  return { kind: 'none', type, why: 'unsupported', reason };
}
