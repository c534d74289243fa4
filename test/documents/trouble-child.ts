/** A child that does what the name of its file says, through the same door as the real one. */
import { readFileSync } from 'node:fs';
import type { Reading } from '../../src/documents/document.ts';
import { serve } from '../../src/documents/pool/serve.ts';
import type { NamedFile } from '../../src/documents/sniff/sniffed.ts';

const heap: unknown[] = [];
const buffers: Buffer[] = [];

const acts: Record<string, () => unknown> = {
  'loop for ever': () => {
    for (;;) heap.length = 0;
  },
  'never answer': () => new Promise(() => setInterval(() => {}, 1_000)),
  'fill the heap': () => {
    for (;;) heap.push({ at: heap.length });
  },
  'fill memory beside the heap': async () => {
    for (;;) {
      buffers.push(Buffer.alloc(8 << 20, 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  },
  'compute for 300 ms': () => {
    for (const end = process.cpuUsage().user + 300_000; process.cpuUsage().user < end; ) heap.length = 0;
  },
  abort: () => process.abort(),
  exit: () => process.exit(3),
  'be killed': () => process.kill(process.pid, 'SIGKILL'),
  'die of a bad pointer': () => process.kill(process.pid, 'SIGSEGV'),
  'throw a fault of ours': () => {
    throw new Error('fault');
  },
  'tell the environment': () => Object.keys(process.env).join(),
  'read the standard input': () => `read ${readFileSync(0).length} bytes`,
  'tell the process': () => process.pid,
  'wait a little': () => new Promise((resolve) => setTimeout(resolve, 200)),
};

let [answered, atOnce] = [0, 0];

/** How many came before, and how many are in work at the same time. */
async function counted(): Promise<string> {
  atOnce += 1;
  const now = `${answered++} of ${atOnce}`;
  await new Promise((resolve) => setTimeout(resolve, 2));
  atOnce -= 1;
  return now;
}

serve(async ({ name, bytes }: NamedFile): Promise<Reading> => {
  const said = await (name.startsWith('count') ? counted() : acts[name.replace(/\.jpg$/, '')]?.());
  return { kind: 'unreadable', type: 'unknown', reason: 'unsupported', detail: `${said ?? bytes.length}` };
});
