import { randomInt } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';

/** Below the range from which the kernel takes ports for outgoing connections: ours stays free while we are stopped. */
const [lowest, beyond] = [20_000, 30_000];
const tries = 50;

/**
 * A port of 127.0.0.1 that nobody listens on at this moment.
 *
 * @param kept the one to have if it is still free
 */
export async function freePort(kept: number | null): Promise<number> {
  if (kept !== null && (await tryPort(kept)) !== null) return kept;
  for (let tried = 0; tried < tries; tried += 1) {
    const port = await tryPort(randomInt(lowest, beyond));
    if (port !== null) return port;
  }
  return (await tryPort(0)) ?? lowest;
}

/** @returns the port (for 0: one of the kernel's choice), or null when it is taken */
function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null)); // taken, or not ours to take: either way another one
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const { port: got } = server.address() as AddressInfo;
      server.close(() => resolve(got));
    });
  });
}
