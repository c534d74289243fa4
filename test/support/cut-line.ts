import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';

/** The line to a server, which a test cuts and mends. */
export type CutLine = {
  /** The server's address by way of this line. */
  url: string;
  /** Every connection breaks and none is taken any more. */
  cut: () => Promise<void>;
  mend: () => Promise<void>;
  close: () => Promise<void>;
};

/** @param server URL of a server on this machine */
export async function openLine(server: string): Promise<CutLine> {
  const to = new URL(server);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()); // one end broke: what this line is for
    socket.on('close', () => sockets.delete(socket));
  };
  const relay = createServer((near) => {
    const far = createConnection(Number(to.port), to.hostname);
    for (const socket of [near, far]) keep(socket);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  const listen = async (port: number) => {
    relay.listen(port, '127.0.0.1');
    await once(relay, 'listening');
    return (relay.address() as AddressInfo).port;
  };
  const cut = async () => {
    relay.close();
    for (const socket of sockets) socket.destroy();
    if (relay.listening) await once(relay, 'close');
  };
  const port = await listen(0);
  const url = new URL(server);
  url.host = `127.0.0.1:${port}`;
  return { url: url.href, cut, mend: async () => void (await listen(port)), close: cut };
}
