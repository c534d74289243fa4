/**
 * How long a clerk waits for `shouli check`, from a cold start, as a whole process: `npm run build && node --import tsx
 * bench/check.ts`. One typical mail (1.5 MB: one .docx, three .xlsx, three pictures) and fifty of them in one call.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { allOf, kit } from '../fixtures/make/kit.ts';
import { foxmail } from '../fixtures/make/mail/desktop.ts';
import { eml } from '../fixtures/make/mail.ts';
import { everybody, senderOf } from '../fixtures/make/people.ts';

const rounds = 5;
const folder = mkdtempSync(join(tmpdir(), 'shouli-bench-'));
const files = await Promise.all(Array.from({ length: 50 }, (_, index) => write(index)));

for (const count of [1, 50]) {
  const runs = Array.from({ length: rounds + 1 }, () => timed(files.slice(0, count))).slice(1); // the first warms the disk cache
  const wall = runs.map(({ ms }) => ms).sort((a, b) => a - b);
  console.log(
    `${String(count).padStart(2)} mails  median ${((wall[rounds >> 1] ?? 0) / 1000).toFixed(2)} s  min ${((wall[0] ?? 0) / 1000).toFixed(2)}  max ${((wall.at(-1) ?? 0) / 1000).toFixed(2)}  ${runs[0]?.found}`,
  );
}
rmSync(folder, { recursive: true });

function timed(mails: string[]): { ms: number; found: string } {
  const began = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, ['bin/shouli.mjs', 'check', '--json', ...mails], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const ms = performance.now() - began;
  if (status !== 0) throw new Error(stderr);
  const { applications } = JSON.parse(stdout) as { applications: { complete: boolean }[] };
  return {
    ms,
    found: `${applications.length} applications, ${applications.filter(({ complete }) => complete).length} complete`,
  };
}

/** One nominee's mail: the forms as a union fills them, three phone pictures of some 330 KB. */
async function write(index: number): Promise<string> {
  const nominee = everybody[index % everybody.length];
  if (!nominee) throw new Error('nobody');
  const pieces = await kit(
    { ...nominee, name: `${nominee.name}`, awards: nominee.awards.slice(0, 1), patents: nominee.patents.slice(0, 1) },
    { lists: 'xlsx', naming: 'person' },
  );
  const scan = await phonePicture(index);
  const certificates = [...pieces.innovationCertificates, ...pieces.patentCertificates, ...pieces.honours.slice(0, 1)];
  const enlarged = new Map(certificates.map((piece) => [piece, { ...piece, bytes: scan }]));
  const sent = allOf(pieces)
    .filter((piece) => !pieces.honours.slice(1).includes(piece) && piece !== pieces.photo)
    .map((piece) => enlarged.get(piece) ?? piece);
  const from = senderOf('解放区总工会', '163.com');
  const at = `2018-07-${String(9 + (index % 10)).padStart(2, '0')}T10:00:00+08:00`;
  const path = join(folder, `${index + 1}.eml`);
  writeFileSync(
    path,
    eml(
      { from, subject: `焦作工匠推荐人选${nominee.name}材料`, text: '请查收。', files: sent, sent: at, received: at },
      foxmail,
      `bench/${index}`,
    ),
  );
  return path;
}

/** Noise compresses as badly as a photo of a page does. */
function phonePicture(seed: number): Promise<Buffer> {
  const [width, height] = [1200, 1600];
  const pixels = Buffer.alloc(width * height * 3);
  let state = seed * 7919 + 1;
  for (let index = 0; index < pixels.length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    pixels[index] = 200 + ((state >>> 24) % 36);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 55 })
    .toBuffer();
}
