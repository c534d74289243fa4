import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A line-by-line IMAP client, for what a mail library would smooth over. */
export type Telnet = {
  greeting: string;
  /** @returns every line of the answer, the tagged one last and without its tag */
  say: (command: string) => Promise<string[]>;
  /** @returns the next line that comes unasked */
  hear: () => Promise<string>;
  /** Sends a line that has no tag: a literal's bytes, DONE. */
  send: (line: string) => void;
  hangUp: () => void;
};

/** @param url of the server */
export async function telnet(url: string): Promise<Telnet> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.setEncoding('latin1');
  const lines = linesOf(socket);
  const hear = async () => (await lines.next()).value ?? 'closed';
  let tags = 0;
  return {
    greeting: await hear(),
    hear,
    send: (line) => void socket.write(`${line}\r\n`),
    hangUp: () => void socket.destroy(),
    say: async (command) => {
      tags += 1;
      const tag = `A${tags}`;
      socket.write(`${tag} ${command}\r\n`);
      const answer: string[] = [];
      for (;;) {
        const line = await hear();
        if (line === 'closed') return answer;
        answer.push(line.replace(`${tag} `, ''));
        if (line.startsWith(`${tag} `)) return answer;
      }
    },
  };
}

async function* linesOf(socket: Socket): AsyncGenerator<string, string> {
  let rest = '';
  for await (const chunk of socket) {
    const lines = (rest + String(chunk)).split('\r\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  return 'closed';
}
