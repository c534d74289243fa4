import { createHash } from 'node:crypto';

/** As much of the headers as `message/` reads; a longer block is no office mail. */
const maxHeaderBytes = 1_000_000;
const LF = 0x0a;
const CR = 0x0d;
const topHop = /(?:^|\n)received[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*(?:\n|$)/i;

/** Collects a mail as it passes; `end` gives its identity (hex) and its header block. */
export type IdentityReader = { add: (chunk: Buffer) => void; end: () => { identity: string; header: Buffer } };

/**
 * What makes two copies one mail (docs/decisions/0008): SHA-256 over the mail without what the delivering hop added
 * (all header fields from the top down to and including the first Received) and with bare line feeds. Message-ID is no
 * identity: real mails share it with different ones, or have none.
 */
export function identityReader(): IdentityReader {
  const hash = createHash('sha256');
  const plain = bareLineFeeds((bytes) => hash.update(bytes));
  let held: Buffer | null = Buffer.alloc(0);
  let header = held;
  const begin = (bytes: Buffer) => {
    held = null;
    header = Buffer.from(bytes.subarray(0, Math.min(endOfHeader(bytes) ?? bytes.length, maxHeaderBytes)));
    plain(bytes.subarray(afterTopHop(header)));
  };
  return {
    add: (chunk) => {
      if (held === null) return plain(chunk);
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      if (held.length >= maxHeaderBytes || endOfHeader(held) !== null) begin(held);
    },
    end: () => {
      if (held !== null) begin(held);
      plain(null);
      return { identity: hash.digest('hex'), header };
    },
  };
}

/** Offset behind the empty line; null when it has not come yet. Line by line: a search for it would go through the mail. */
function endOfHeader(bytes: Buffer): number | null {
  const most = Math.min(bytes.length, maxHeaderBytes);
  for (let at = bytes.indexOf(LF) + 1; at > 0 && at < most; at = bytes.indexOf(LF, at) + 1) {
    const next = bytes[at] === CR ? at + 1 : at;
    if (bytes[next] === LF) return next + 1;
  }
  return null;
}

function afterTopHop(header: Buffer): number {
  const hop = topHop.exec(header.toString('latin1'));
  return hop ? hop.index + hop[0].length : 0;
}

/** Line feeds are made bare so many bytes at a time, in one place: a second copy of every mail would be garbage at once. */
const pieceBytes = 1 << 16;
const scratch = Buffer.allocUnsafe(pieceBytes + 1);

/** CRLF → LF over a stream, into `take`; a CR at the end of a piece waits for the next one. `null` ends it. */
function bareLineFeeds(take: (bytes: Buffer) => void): (chunk: Buffer | null) => void {
  let waiting = false;
  const piece = (bytes: Buffer) => {
    scratch.set(bytes, 1); // and moved together in there, which is a third of the cost of copying line by line
    let length = 0;
    if (waiting && bytes[0] !== LF) scratch[length++] = CR;
    waiting = false;
    for (let from = 0; from < bytes.length; ) {
      const feed = bytes.indexOf(CR, from);
      const to = feed < 0 ? bytes.length : feed;
      scratch.copyWithin(length, from + 1, to + 1);
      length += to - from;
      from = to + 1;
      if (feed >= 0 && from === bytes.length) waiting = true;
      else if (feed >= 0 && bytes[from] !== LF) scratch[length++] = CR;
    }
    take(scratch.subarray(0, length));
  };
  return (chunk) => {
    if (chunk === null) return waiting ? take(Buffer.of(CR)) : undefined;
    for (let from = 0; from < chunk.length; from += pieceBytes) piece(chunk.subarray(from, from + pieceBytes));
  };
}
