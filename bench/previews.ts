/**
 * How long a reviewer waits for the evidence, from the kept raw mail: `node --import tsx
 * bench/previews.ts`. The compiled program, medians of seven. Cold: the child process starts for this one look. Warm: it
 * is there from the look before. Again: from DATA_DIR/previews.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadNotice } from '../src/notice/load.ts';
import { compiled } from './support/compiled.ts';

const rounds = 7;
const { openPreviews } = (await import(
  compiled('src/previews/previews.ts')
)) as typeof import('../src/previews/previews.ts');

const looks: [what: string, mail: string, attachment: string, picture?: { index?: number; page?: number }][] = [
  ['推荐表 .docx with photo', 'complete-in-one-mail', '推荐表（李建国）.docx'],
  ['list .docx', 'complete-in-one-mail', '技术创新成果一览表（李建国）.docx'],
  ['list .xlsx', 'form4-as-counts', '温县总工会-原小平-技术创新成果一览表.xlsx'],
  ['list .xls', 'lists-as-xls-and-et', '技术创新成果一览表（任海霞）.xls'],
  ['推荐表 .doc', 'form-as-doc', '附件1：焦作工匠推荐表（石大勇）.doc'],
  ['scanned PDF', 'sealed-form-as-scanned-pdf', '推荐表（盖章）.pdf'],
  ['page 1 of it', 'sealed-form-as-scanned-pdf', '推荐表（盖章）.pdf', { page: 1 }],
  ['photo as JPEG', 'complete-in-one-mail', '李建国照片.jpg', {}],
  ['photo in the form', 'complete-in-one-mail', '推荐表（李建国）.docx', { index: 0 }],
];

console.log('cold ms  warm ms  again ms');
const words = loadNotice('config', 'jiaozuo-craftsman-2018').words.mail;
for (const [what, story, attachment, picture] of looks) {
  const file = join('fixtures/personas', story, '1.eml');
  const mail = { file, sha256: createHash('sha256').update(readFileSync(file)).digest('hex') };
  const evidence = { name: attachment, sha256: null, at: { mail, attachment, keys: { passwords: [], words } } };
  const times: number[][] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'shouli-bench-'));
    const previews = openPreviews({ dataDir });
    const look = async (keep: number[] | undefined) => {
      const start = performance.now();
      const seen = picture
        ? await previews.picture(evidence, { size: 'screen', ...picture })
        : await previews.page(evidence, { places: ['表1第1行第2列'] });
      keep?.push(performance.now() - start);
      if (seen.kind === 'none') throw new Error(`${what}: ${seen.reason}`);
    };
    await look(times[0]);
    rmSync(join(dataDir, 'previews'), { recursive: true });
    await look(times[1]);
    await look(times[2]);
    await previews.close();
    rmSync(dataDir, { recursive: true });
  }
  const median = (all: number[]) => (all.sort((a, b) => a - b)[rounds >> 1] ?? 0).toFixed(1).padStart(7);
  console.log(`${times.map(median).join('  ')}  ${what}`);
}
