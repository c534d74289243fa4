/**
 * What each hostile file costs: `node --import tsx bench/hostile.ts [words of one]`. Seconds count from giving the file
 * to the answer; the peak is what the child held in memory, sampled every 50 ms; `next` is an ordinary file right after.
 */

import { hostileFiles } from '../fixtures/documents/hostile.ts';
import { docx, row, table, text } from '../fixtures/documents/office.ts';
import type { Reading } from '../src/documents/document.ts';
import { openReader } from '../src/documents/reader.ts';

const ordinary = { name: '推荐表.docx', bytes: await docx({ body: text('推荐表') + table(row('姓名', '李工匠')) }) };
const wanted = process.argv[2] ?? '';

function answer(reading: Reading): string {
  if (reading.kind === 'unreadable') return `${reading.type}: ${reading.reason} ${reading.detail}`;
  if (reading.kind === 'document')
    return `${reading.type}: ${reading.document.blocks.length} blocks${reading.document.cut ? ', cut' : ''}`;
  if (reading.kind === 'container')
    return `${reading.type}: ${reading.entries.length} taken, ${reading.refused.length} refused ${[...new Set(reading.refused.map((one) => one.reason))]}`;
  return `${reading.type}: ${reading.kind}`;
}

console.log('seconds   peak MB   next s   size MB   file → answer');
for (const [trouble, make] of Object.entries(hostileFiles)) {
  if (!trouble.includes(wanted)) continue;
  const file = await make();
  let peak = 0;
  const reader = openReader({ children: 1 }, { onChildMemory: (bytes) => (peak = Math.max(peak, bytes)) });
  await reader.read(ordinary);
  const start = performance.now();
  const reading = await reader.read(file);
  const end = performance.now();
  const hostilePeak = peak;
  const next = await reader.read(ordinary);
  const nextSeconds = (performance.now() - end) / 1_000;
  await reader.close();
  const columns = [
    ((end - start) / 1_000).toFixed(2),
    (hostilePeak / 1e6).toFixed(0),
    nextSeconds.toFixed(2),
    (file.bytes.length / 1e6).toFixed(2),
  ];
  console.log(
    columns.map((column) => column.padStart(7)).join('   '),
    ` ${trouble} → ${answer(reading)}${next.kind === 'document' ? '' : ' NEXT FAILED'}`,
  );
}
