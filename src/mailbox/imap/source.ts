import type { ImapFlow } from 'imapflow';
import { fetchEach } from './look.ts';
import { failed } from './trouble.ts';

const LF = 0x0a;
const pieceBytes = 1 << 20;

/** Counts a source as it comes and says whether that is all of what was announced. */
export type Measure = { add: (chunk: Buffer) => void; given: () => number; isWhole: () => boolean };

/**
 * Servers are inexact about RFC822.SIZE: some count CRLF where they hand out bare line feeds. Fewer bytes than that can
 * explain are a mail cut short.
 */
export function measure(announced: number): Measure {
  let bytes = 0;
  let lines = 0;
  return {
    add: (chunk) => {
      bytes += chunk.length;
      if (bytes < announced) for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) lines += 1;
    },
    given: () => bytes,
    isWhole: () => bytes + lines >= announced,
  };
}

/**
 * The source of each mail by one FETCH BODY.PEEK[]: nothing is marked as read. A literal comes with all its bytes or
 * not at all; a connection that breaks inside one ends in `dropped`.
 *
 * @returns absent: expunged meanwhile, or not handed over
 */
export async function fetchSources(client: ImapFlow, uids: number[]): Promise<Map<number, Buffer>> {
  const found = await fetchEach(client, uids, { source: true });
  return new Map([...found].flatMap(([uid, { source }]) => (source ? [[uid, source] as const] : [])));
}

/**
 * A large mail piece by piece, so that never more than a piece is in memory. Unlike imapflow's `download()`, which ends
 * without a word when a piece comes short or not at all, it asks until the server has nothing more.
 *
 * @throws MailboxFailure `incomplete` when that is not what was announced
 */
export async function* streamSource(client: ImapFlow, uid: number, size: Measure): AsyncGenerator<Buffer> {
  for (let piece = await fetchPiece(client, uid, 0); piece.length > 0; ) {
    size.add(piece);
    yield piece;
    if (piece.length > pieceBytes) break; // a server that knows no pieces (Tencent Exmail) gave all of it at once
    piece = await fetchPiece(client, uid, size.given());
  }
  if (!size.isWhole()) throw failed('incomplete', `UID ${uid}: ${size.given()} bytes, fewer than announced`);
}

async function fetchPiece(client: ImapFlow, uid: number, start: number): Promise<Buffer> {
  const answer = (await fetchEach(client, [uid], { source: { start, maxLength: pieceBytes } })).get(uid);
  if (answer?.source) return answer.source;
  if (answer && start > 0) return Buffer.alloc(0); // NIL behind the end
  throw failed('incomplete', `UID ${uid}: nothing handed over from byte ${start}`);
}
