import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { Failure } from '../errors.ts';
import type { EvidenceFile, PictureWanted } from './preview.ts';

const sizes = ['thumbnail', 'screen', 'full'];
const turns = [0, 90, 180, 270];

/**
 * The names under which previews are kept: all that a preview depends on, and nothing that could leave the folder.
 *
 * @param version of the program: another one may read the same file otherwise
 * @throws Failure (usage) for what cannot have been asked by a page of ours
 */
export function pageName(version: string, file: EvidenceFile, places: readonly string[]): string {
  const asked = createHash('sha256').update(JSON.stringify([extname(file.name).toLowerCase(), places]));
  return `${keyOf(file)}-${version}-page-${asked.digest('hex').slice(0, 16)}`;
}

export function pictureName(
  version: string,
  file: EvidenceFile,
  { size, rotate = 0, page, index }: PictureWanted,
): string {
  const counts = [page ?? 1, index ?? 0];
  if (
    !sizes.includes(size) ||
    !turns.includes(rotate) ||
    !counts.every((count) => Number.isSafeInteger(count) && count >= 0)
  )
    throw new Failure('usage', '没有这样的图片', `no picture ${JSON.stringify([size, rotate, page, index])}`);
  const part = index !== undefined ? `-inside-${index}` : page !== undefined ? `-page-${page}` : '';
  return `${keyOf(file)}-${version}-${size}-${rotate}${part}`;
}

/** The file's hash, or one of where it lies: a mail never changes. */
function keyOf({ sha256, at }: EvidenceFile): string {
  if (sha256 !== null) return checked(sha256);
  if (!('mail' in at)) throw new Failure('usage', '预览磁盘上的文件须给出它的编号');
  return createHash('sha256')
    .update(JSON.stringify([at.mail.sha256, at.attachment]))
    .digest('hex');
}

function checked(sha256: string): string {
  if (/^[0-9a-f]{64}$/.test(sha256)) return sha256;
  throw new Failure('usage', '文件的编号应为 64 位十六进制数');
}
