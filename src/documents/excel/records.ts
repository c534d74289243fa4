const drawingGroup = 0xeb;
const continued = 0x3c;

/**
 * The drawing data of a BIFF workbook in one piece: a picture longer than 8,224 bytes is split over CONTINUE records
 * ([MS-XLS] 2.4.58), each of which would put four foreign bytes into it.
 */
export function pictureRecords(book: Buffer): Buffer {
  const pieces: Buffer[] = [];
  let isInside = false;
  for (let at = 0; at + 4 <= book.length; ) {
    const [type, length] = [book.readUInt16LE(at), book.readUInt16LE(at + 2)];
    isInside = type === drawingGroup || (isInside && type === continued);
    if (isInside) pieces.push(book.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return Buffer.concat(pieces);
}
