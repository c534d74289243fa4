/** A process that has a child busy for ever, says the child's number, and waits to be killed. */
import { fileURLToPath } from 'node:url';
import { openReader } from '../../src/documents/reader.ts';

const reader = openReader(
  { children: 1, wallMs: 60_000 },
  { childFile: fileURLToPath(new URL('./trouble-child.ts', import.meta.url)) },
);
const pid = await reader.read({ name: 'tell the process', bytes: Buffer.alloc(0) });
console.log(pid.kind === 'unreadable' && pid.detail);
await reader.read({ name: 'loop for ever', bytes: Buffer.alloc(0) });
