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
  const plain = bareLineFeeds();
  let held: Buffer | null = Buffer.alloc(0);
  let header = held;
  const begin = (bytes: Buffer) => {
    held = null;
    header = Buffer.from(bytes.subarray(0, Math.min(endOfHeader(bytes) ?? bytes.length, maxHeaderBytes)));
    hash.update(plain(bytes.subarray(afterTopHop(header))));
  };
  return {
    add: (chunk) => {
      if (held === null) return void hash.update(plain(chunk));
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      if (held.length >= maxHeaderBytes || endOfHeader(held) !== null) begin(held);
    },
    end: () => {
      if (held !== null) begin(held);
      hash.update(plain(null));
      return { identity: hash.digest('hex'), header };
    },
  };
}

/** Offset behind the empty line; null when it has not come yet. */
function endOfHeader(bytes: Buffer): number | null {
  const ends = ['\n\n', '\n\r\n'].flatMap((mark) => {
    const at = bytes.indexOf(mark, 0, 'latin1');
    return at < 0 ? [] : [at + mark.length];
  });
  return ends.length === 0 ? null : Math.min(...ends);
}

function afterTopHop(header: Buffer): number {
  const hop = topHop.exec(header.toString('latin1'));
  return hop ? hop.index + hop[0].length : 0;
}

/** CRLF → LF over a stream; a CR at the end of a chunk waits for the next one. `null` ends it. */
function bareLineFeeds(): (chunk: Buffer | null) => Buffer {
  let waiting = false;
  return (chunk) => {
    const out = Buffer.allocUnsafe((chunk?.length ?? 0) + 1);
    let length = 0;
    if (waiting && chunk?.[0] !== LF) out[length++] = CR;
    waiting = false;
    for (let from = 0; chunk && from < chunk.length; ) {
      const feed = chunk.indexOf(CR, from);
      const to = feed < 0 ? chunk.length : feed;
      length += chunk.copy(out, length, from, to);
      from = to + 1;
      if (feed >= 0 && from === chunk.length) waiting = true;
      else if (feed >= 0 && chunk[from] !== LF) out[length++] = CR;
    }
    return out.subarray(0, length);
  };
}
