import cfb from 'cfb';
import { corrupt } from '../unreadable.ts';

/** The streams of an OLE compound file by their path below the root: `Workbook`, `ObjectPool/_1/Workbook`. */
export type Streams = Map<string, Buffer>;

/**
 * Opens an OLE compound file ([MS-CFB]): .doc, .xls, .wps, .et, .msg and encrypted OOXML are all such.
 * @throws Unreadable `corrupt`
 */
export function openOle(bytes: Buffer): Streams {
  try {
    const { FileIndex, FullPaths } = cfb.read(bytes, { type: 'buffer' });
    const streams: Streams = new Map();
    for (const [index, { type, content }] of FileIndex.entries()) {
      const path = (FullPaths[index] ?? '').replace(/^[^/]*\//, '');
      if (type === 2 && content) streams.set(path, Buffer.isBuffer(content) ? content : Buffer.from(content));
    }
    return streams;
  } catch (error) {
    throw corrupt('文件的目录读不出来，可能没有传完', error);
  }
}
