import type { UnreadableReason } from '../document.ts';
import { loadedOnce } from '../once.ts';
import { magicType } from './magic.ts';
import type { NamedFile, Sniffed } from './sniffed.ts';
import { sniffText } from './text.ts';

const zip = loadedOnce(() => import('./zip.ts'));

/**
 * Tells what a file is by its content. Offices rename: `.doc` that is RTF, HTML or a zip, `.xls` that is HTML or XML,
 * `.wps` that is a docx. The name speaks only between .xls and .et, .doc and .wps, and for what content cannot tell.
 *
 * @returns never throws for what is in the file
 */
export async function sniff(file: NamedFile): Promise<Sniffed> {
  if (file.bytes.length === 0) return { type: 'empty', reason: 'empty', detail: '0 字节' };
  const type = magicType(file.bytes);
  if (type === 'zip') return (await zip()).sniffZip(file);
  if (type === 'ole') return (await import('./ole.ts')).sniffOle(file);
  if (type) return { type, reason: null, detail: '' };
  const text = sniffText(file);
  if (text) return { type: text, reason: null, detail: '' };
  return { type: 'unknown', ...unknown(file) };
}

/** The answer for content nobody knows: a file that bears an office name was one once, and came broken. */
function unknown({ name, bytes }: NamedFile): { reason: UnreadableReason; detail: string } {
  if (!bytes.some((byte) => byte !== 0)) return { reason: 'corrupt', detail: '内容全是零，文件没有传完' };
  if (/\.(docx?|xlsx?|wps|et|pdf|jpe?g|png|bmp|gif|tiff?|heic|zip|rar|7z|tar|t?gz)$/i.test(name))
    return { reason: 'corrupt', detail: '内容与文件名不符，认不出是什么文件' };
  if (/\.(bz2|tbz2?|xz|txz|zst|lzh|lha|arj|ace|cab|iso)$/i.test(name))
    return { reason: 'archive_unsupported', detail: '不常用的压缩格式' };
  return { reason: 'unsupported', detail: '认不出是什么文件' };
}
