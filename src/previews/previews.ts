import { Failure } from '../errors.ts';
import type { Previews } from './preview.ts';

/**
 * Opens the door to what a reviewer may look at: pages and pictures made by child processes from strangers' files, and
 * kept in `DATA_DIR/previews`, which may be deleted at any time.
 *
 * Every call throws a temporary `Failure` when it was closed meanwhile; nothing is forked before the first file.
 */
export function openPreviews({ dataDir }: { dataDir: string }): Previews {
  const notYet = async () => {
    throw new Failure('temporary', '预览功能尚未就绪', `no previews yet for ${dataDir}`);
  };
  return { page: notYet, picture: notYet, original: notYet, close: async () => {} };
}
