/** A child that does what the name of its file says, through the same door as the real one. */
import { serve } from '../../src/documents/pool/serve.ts';
import type { Answer, Task } from '../../src/previews/task.ts';

const heap: unknown[] = [];
let asked = 0;

const acts: Record<string, () => unknown> = {
  'loop for ever': () => {
    for (;;) heap.length = 0;
  },
  'fill the heap': () => {
    for (;;) heap.push({ at: heap.length });
  },
  abort: () => process.abort(),
  'tell the process': () => process.pid,
  count: async () => {
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 200));
    return `${asked} asked`;
  },
};

serve(async (task: Task): Promise<Answer> => {
  const said = 'file' in task ? await acts[task.file.name]?.() : '';
  return { kind: 'none', type: 'unknown', why: 'unsupported', reason: `${said}` };
});
