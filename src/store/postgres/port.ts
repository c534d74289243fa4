import { type AddressInfo, createServer } from 'node:net';

/**
 * A port of 127.0.0.1 that nobody listens on at this moment.
 *
 * @param wished the one to have if it is free; null: any
 */
export async function freePort(wished: number | null): Promise<number> {
  return (wished !== null && (await tryPort(wished))) || (await tryPort(0)) || 0;
}

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
