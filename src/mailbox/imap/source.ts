import type { ImapFlow } from 'imapflow';
import { MailboxFailure } from '../failure.ts';
import { fetchEach } from './look.ts';
import { failed } from './trouble.ts';

const LF = 0x0a;

/**
 * The whole source of each mail, by one FETCH BODY.PEEK[] (nothing is marked as read). Literals come whole or not at
 * all: a connection that breaks inside one ends in a `dropped`. When the server refuses the batch because of one mail,
 * each is asked for alone.
 *
 * @returns absent: expunged meanwhile, or not handed over
 */
export async function fetchSources(client: ImapFlow, uids: number[]): Promise<Map<number, Buffer>> {
  const found = new Map<number, Buffer>();
  try {
    for (const { uid, source } of (await fetchEach(client, uids, { source: true })).values())
      if (source) found.set(uid, source);
  } catch (error) {
    if (!(error instanceof MailboxFailure) || error.trouble !== 'refused' || !client.usable) throw error;
    if (uids.length === 1) return found;
    for (const uid of uids) for (const entry of await fetchSources(client, [uid])) found.set(...entry);
  }
  return found;
}

/**
 * A large mail piece by piece, so that never more than a piece is in memory. Unlike imapflow's `download()`, which ends
 * without a word when a piece comes short or not at all, it asks until the server has nothing more.
 *
 * @throws MailboxFailure `incomplete` when that was fewer bytes than announced
 */
export async function* streamSource(
  client: ImapFlow,
  mail: { uid: number; bytes: number },
  pieceBytes = 1 << 20,
): AsyncGenerator<Buffer> {
  const whole = lengthCheck(mail.bytes);
  for (let start = 0; ; ) {
    const piece = await fetchPiece(client, mail.uid, start, pieceBytes);
    if (piece.length === 0) break;
    whole.add(piece);
    yield piece;
    start += piece.length;
    if (piece.length > pieceBytes) break; // a server that knows no pieces (Tencent Exmail) gave all of it at once
  }
  if (!whole.isWhole()) throw failed('incomplete', `UID ${mail.uid}: fewer bytes than the ${mail.bytes} announced`);
}

async function fetchPiece(client: ImapFlow, uid: number, start: number, maxLength: number): Promise<Buffer> {
  const answer = (await fetchEach(client, [uid], { source: { start, maxLength } })).get(uid);
  if (answer?.source) return answer.source;
  if (start > 0 && answer) return Buffer.alloc(0); // some servers say NIL behind the end
  throw failed('incomplete', `UID ${uid}: nothing handed over from byte ${start}`);
}

/**
 * Servers are inexact about RFC822.SIZE: some count CRLF where they hand out bare line feeds. Fewer bytes than that can
 * explain are a mail cut short.
 */
export function lengthCheck(announced: number): { add: (chunk: Buffer) => void; isWhole: () => boolean } {
  let bytes = 0;
  let lines = 0;
  return {
    add: (chunk) => {
      bytes += chunk.length;
      if (bytes < announced) for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) lines += 1;
    },
    isWhole: () => bytes + lines >= announced,
  };
}

export function isWhole(source: Buffer, announced: number): boolean {
  const check = lengthCheck(announced);
  check.add(source);
  return check.isWhole();
}
