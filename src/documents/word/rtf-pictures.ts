import { type CarvedPicture, carve } from '../office/carve.ts';

/** Pairs of figures by the hundred, broken into lines: how Rich Text writes a picture's bytes. */
const hexRun = /(?:[0-9a-f]{2}[\r\n ]{0,4}){200,}/gi;

/**
 * The JPEG and PNG pictures of a Rich Text file; what it keeps as WMF beside them for old programs is left out. `offset`:
 * where the digits of each begin in the file.
 */
export function rtfPictures(bytes: Buffer): CarvedPicture[] {
  const rtf = bytes.toString('latin1');
  return [...rtf.matchAll(hexRun)].flatMap(({ 0: run, index: offset }, order) =>
    carve(Buffer.from(run.replace(/[^0-9a-f]/gi, ''), 'hex'), `picture${order + 1}-`).map((one) => ({
      ...one,
      offset,
    })),
  );
}
