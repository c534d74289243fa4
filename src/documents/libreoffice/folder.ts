import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { machineNow } from '../../clock.ts';

const folderName = 'shouli-libreoffice-';
const leftoverMs = 3_600_000;

/** Works in a folder of its own, which goes with it. */
export async function inTemporaryFolder<Result>(
  temporary: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(temporary, folderName));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Removes the folders of conversions whose parent was killed. */
export async function removeLeftovers(temporary: string): Promise<void> {
  const old = machineNow().getTime() - leftoverMs;
  for (const name of (await readdir(temporary)).filter((each) => each.startsWith(folderName))) {
    const path = join(temporary, name);
    const facts = await stat(path).catch(() => null); // another process removed it
    if (facts && facts.mtimeMs < old) await rm(path, { recursive: true, force: true }).catch(() => {}); // not ours to remove
  }
}
