import type { Socket } from 'node:net';

/** No honest client of ours sends a longer command; APPEND, which may, is refused anyway. */
const maxCommandBytes = 1024 * 1024;

/**
 * The commands of a connection, one by one, without their line end. A line that ends in `{n}` or `{n+}` (RFC 7888) goes
 * on after n bytes, which come out as a quoted string in its place.
 *
 * @param welcome is called when the client waits for leave to send a literal
 */
export async function* commandsOf(socket: Socket, welcome: () => void): AsyncGenerator<string> {
  let command = '';
  for await (const { piece, literal } of piecesOf(socket, welcome)) {
    command += literal ? `"${piece.replace(/["\\]/g, '\\$&')}"` : piece.replace(lineEnd, '');
    if (command.length > maxCommandBytes) return;
    if (literal || announced(piece)) continue;
    yield command;
    command = '';
  }
}

const lineEnd = /(?:\{\d+\+?\})?\r?\n$/;
const announced = (piece: string) => /\{(\d+)(\+?)\}\r?\n$/.exec(piece);

/** Lines with their end, and the literals that lines announced. */
async function* piecesOf(socket: Socket, welcome: () => void): AsyncGenerator<{ piece: string; literal: boolean }> {
  let waiting = '';
  let literalBytes: number | null = null;
  for await (const chunk of socket) {
    waiting += (chunk as Buffer).toString('latin1');
    for (let bytes = ready(waiting, literalBytes); bytes !== null; bytes = ready(waiting, literalBytes)) {
      const piece = waiting.slice(0, bytes);
      waiting = waiting.slice(bytes);
      yield { piece, literal: literalBytes !== null };
      const [, size, noWait]: string[] = (literalBytes === null && announced(piece)) || [];
      literalBytes = size === undefined ? null : Number(size);
      if (noWait === '') welcome();
    }
    if (waiting.length > maxCommandBytes) return;
  }
}

/** How many bytes of `waiting` make the next piece, null while it is not all here. */
function ready(waiting: string, literalBytes: number | null): number | null {
  if (literalBytes !== null) return waiting.length >= literalBytes ? literalBytes : null;
  const end = waiting.indexOf('\n');
  return end < 0 ? null : end + 1;
}
