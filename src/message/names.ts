import { oneLine } from './mime/encoded-word.ts';

/** 80 signs of Chinese are 240 bytes of UTF-8: below the 255 that file systems allow a name. */
const maxSigns = 80;
const tailSigns = 30;

const extensions: Record<string, string> = {
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/kswps': 'wps',
  'application/kset': 'et',
  'application/pdf': 'pdf',
  'application/rtf': 'rtf',
  'text/rtf': 'rtf',
  'application/zip': 'zip',
  'application/x-zip-compressed': 'zip',
  'application/x-rar-compressed': 'rar',
  'application/vnd.rar': 'rar',
  'application/x-7z-compressed': '7z',
  'application/ms-tnef': 'dat',
  'image/jpeg': 'jpg',
  'image/jpg': 'jpg',
  'image/pjpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/bmp': 'bmp',
  'image/tiff': 'tif',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'image/heif': 'heic',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/calendar': 'ics',
  'text/rfc822-headers': 'txt',
  'message/rfc822-headers': 'txt',
  'message/rfc822': 'eml',
  'message/delivery-status': 'txt',
  'message/disposition-notification': 'txt',
};

/**
 * Makes a sender's file name harmless and readable: one line, no signs that turn the writing direction, no way out of a
 * folder, no leading dots, at most 80 signs with the extension and the end kept: what a file is stands there. `../../a.doc` becomes `_.._a.doc`; a full Windows
 * path becomes its last part; a slash inside a name (`表2018/7/18.doc`) becomes `_`.
 *
 * @returns the clean name; empty when nothing readable is left
 */
export function cleanName(name: string): string {
  const line = oneLine(name);
  const last = /^(?:[a-z]:\\|\\\\)/i.test(line) ? line.slice(line.lastIndexOf('\\') + 1) : line;
  const flat = last.replace(/[/\\]+/g, '_').replace(/^[.\s]+/, '');
  return shorten(flat.replace(/[.\s]+$/, ''));
}

function shorten(name: string): string {
  const signs = [...name.slice(0, 4 * maxSigns)];
  if (signs.length <= maxSigns && name.length <= 4 * maxSigns) return name;
  const extension = /\.[^.\s]{1,10}$/u.exec(name)?.[0] ?? '';
  const tail = [...name.slice(-2 * maxSigns, name.length - extension.length)].slice(-tailSigns);
  const head = signs.slice(0, maxSigns - tail.length - extension.length - 1);
  return `${head.join('')}…${tail.join('')}${extension}`;
}

/**
 * Gives every attachment of one mail its path: the cleaned name, or `未命名文件1.jpg` by its content type (never 附件1,
 * which the notice calls its first form), and `(2)` before the extension where a name (without regard to case) stands already.
 */
export function nameAttachments(files: { name: string | null; contentType: string }[]): string[] {
  let nameless = 0;
  return uniquePaths(
    files.map(
      ({ name, contentType }) => cleanName(name ?? '') || `未命名文件${++nameless}.${extensions[contentType] ?? 'bin'}`,
    ),
  );
}

/** The path of an entry inside a container, each of its names cleaned. */
export function cleanPath(path: string): string {
  return (
    path
      .split(/[/\\]+/)
      .map(cleanName)
      .filter(Boolean)
      .join('/') || '未命名文件'
  );
}

/** The same paths, later ones with `(2)`, `(3)` before the extension where one stands already in any case. */
export function uniquePaths(paths: string[]): string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return paths.map((path) => unique(path, taken, counts));
}

function unique(path: string, taken: Set<string>, counts: Map<string, number>): string {
  const key = path.toLowerCase();
  const dot = path.lastIndexOf('.');
  const [stem, extension] = dot > path.lastIndexOf('/') + 1 ? [path.slice(0, dot), path.slice(dot)] : [path, ''];
  let free = path;
  while (taken.has(free.toLowerCase())) {
    const count = (counts.get(key) ?? 1) + 1;
    counts.set(key, count);
    free = `${stem}(${count})${extension}`;
  }
  taken.add(free.toLowerCase());
  return free;
}
