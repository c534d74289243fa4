/**
 * Download and take apart, the way of every mail before it is read: `node --import tsx bench/fetch.ts [mails] [rounds]`.
 * 1,000 mails of about 300 KB in a real Dovecot: our mailbox (fetched in batches, kept with fsync, hashed, split), then
 * imapflow + simpleParser on the same mails, each in a process of its own, by turns. From start to exit.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foxmail } from '../fixtures/make/mail/desktop.ts';
import { eml } from '../fixtures/make/mail.ts';
import { startDovecot } from '../test/support/dovecot.ts';
import { compiled } from './support/compiled.ts';
import { times } from './support/mails.ts';
import { median } from './support/median.ts';
import { startNode } from './support/process.ts';
import { phoneScan, signed } from './support/scans.ts';

const count = Number(process.argv[2] ?? 1000);
const rounds = Number(process.argv[3] ?? 3);
const arrived = new Date('2018-07-10T02:00:00Z');

type Run = { wall: number; cpu: number; peak: number };

const dovecot = await startDovecot();
const folder = mkdtempSync(join(tmpdir(), 'shouli-fetch-'));
const programs = {
  ours: [compiled('bench/support/fetch-ours.ts')],
  theirs: ['bench/plain/fetch.mjs'],
};
try {
  await fill();
  const runs: Record<keyof typeof programs, Run[]> = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round += 1)
    for (const name of round % 2 ? (['theirs', 'ours'] as const) : (['ours', 'theirs'] as const))
      runs[name].push(await run(programs[name], join(folder, `${name}-${round}`)));
  const of = (name: keyof typeof programs, what: keyof Run) => median(runs[name].map((one) => one[what]));
  console.log(`${count} mails of 300 KB, ${rounds} rounds each, medians, start of Node included`);
  for (const name of ['ours', 'theirs'] as const)
    console.log(
      `${name.padEnd(6)} ${(count / of(name, 'wall')).toFixed(0)} mails/s, CPU ${((of(name, 'cpu') / count) * 1000).toFixed(1)} ms a mail, peak ${of(name, 'peak').toFixed(0)} MB`,
    );
  console.log(
    `rate ${(of('theirs', 'wall') / of('ours', 'wall')).toFixed(1)} : 1 (must ≥ 3, within 200 MB), CPU ${(of('ours', 'cpu') / of('theirs', 'cpu')).toFixed(2)} : 1`,
  );
} finally {
  await dovecot.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Three attachments of some 73 KB each, cut out of a scan: what counts here is their size. */
async function fill(): Promise<void> {
  const scan = await phoneScan(1);
  for (let index = 0; index < count; index += 1) {
    const files = [0, 1, 2].map((n) => ({
      name: `荣誉证书${n + 1}.jpg`,
      bytes: signed(scan.subarray(0, 73_000), `${index}/${n}`),
    }));
    const from = { name: '温县总工会', address: `gonghui-${index}@163.com` };
    const mail = { from, ...times(arrived), subject: `材料${index}`, text: '您好，材料请查收。', files };
    dovecot.deliver(eml(mail, foxmail, `fetch/${index}`), arrived);
  }
}

async function run(words: string[], dataDir: string): Promise<Run> {
  const began = performance.now();
  const settings = { IMAP_URL: dovecot.url, DATA_DIR: dataDir };
  const program = startNode(['--import', './bench/support/usage.mjs', ...words], settings);
  const code = await program.ended;
  const wall = (performance.now() - began) / 1000;
  const used = /^used (.*)$/m.exec(program.output())?.[1];
  const taken = Number(/^taken (.*)$/m.exec(program.output())?.[1]);
  if (code !== 0 || !used || taken !== 3 * count) throw new Error(program.output());
  const { cpu, peak } = JSON.parse(used) as { cpu: number; peak: number };
  return { wall, cpu, peak };
}
