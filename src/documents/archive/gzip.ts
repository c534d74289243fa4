import { gunzipSync } from 'node:zlib';
import { corrupt, Unreadable } from '../unreadable.ts';
import { archiveLimits, judge, type Unpacked } from './guards.ts';
import { shownPath } from './names.ts';
import { isTar, readTar } from './tar.ts';

/**
 * A tar behind gzip (`.tar.gz`, `.tgz`) as the container it is, or the one file that any other `.gz` holds, under the
 * archive's name without its ending.
 *
 * @throws Unreadable `corrupt`, `empty`, `too_large`: never more is unpacked than one container may hold
 */
export async function readGzip(bytes: Buffer, name: string): Promise<Unpacked> {
  const content = inflated(bytes);
  const path = shownPath((name.split(/[/\\]/).at(-1) ?? '').replace(/\.gz$/i, '').replace(/\.tgz$/i, '.tar'));
  judge({ path, bytes: content.length, packed: bytes.length, isLink: false });
  if (isTar(content)) return readTar(content);
  if (content.length === 0) throw new Unreadable('empty', '压缩包里没有内容');
  if (content.length > archiveLimits.entryBytes)
    return { entries: [], refused: [{ path, bytes: content.length, reason: 'too_large' }] };
  return { entries: [{ path, bytes: content }], refused: [] };
}

function inflated(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: archiveLimits.totalBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Unreadable('too_large', `解开后超过 ${archiveLimits.totalBytes / 1e6} MB`, { cause: error });
    throw corrupt('压缩包解不开，文件可能没有传完', error);
  }
}
