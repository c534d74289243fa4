import { once } from 'node:events';
import { type AddressInfo, createServer as createPlain, type Socket } from 'node:net';
import { createServer as createTls, type TlsOptions } from 'node:tls';
import { converse, type Delivered, type Play } from './scripted-talk.ts';

export type { Delivered, Play };

export type ScriptedSmtp = {
  /** `smtp://office%40126.example:code@127.0.0.1:port` */
  url: string;
  port: number;
  delivered: Delivered[];
  /** Every command as it came, AUTH without its secret. */
  commands: string[];
  connections: () => number;
  /** The first play that fits acts. */
  script: (...plays: Play[]) => void;
  close: () => Promise<void>;
};

/**
 * A mail server on a free port of this machine that does what a test tells it and else behaves like NetEase's. It
 * accepts any login and keeps every letter it took.
 *
 * @param options.tls key and certificate: TLS from the first byte
 * @param options.pipelining false: does not offer it
 */
export async function startScriptedSmtp(
  options: { tls?: TlsOptions; pipelining?: boolean } = {},
): Promise<ScriptedSmtp> {
  const plays: Play[] = [];
  const delivered: Delivered[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const onSocket = (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined); // the client hung up: what tests do on purpose
    socket.on('close', () => sockets.delete(socket));
    socket.setNoDelay(true);
    void converse(socket, { plays, delivered, commands, pipelining: options.pipelining ?? true });
  };
  const server = options.tls ? createTls(options.tls, onSocket) : createPlain(onSocket);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? 'smtps' : 'smtp'}://office%40126.example:code@127.0.0.1:${port}`,
    port,
    delivered,
    commands,
    connections: () => connections,
    script: (...more) => void plays.push(...more.map((play) => ({ ...play }))),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
