import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { machineNow } from '../clock.ts';

const dayMs = 86_400_000;

/**
 * Deletes the half-written files (`<pid>-….part`) of processes that are gone. Those of a living process stay: another
 * command may open the store while mail is being fetched.
 */
export async function sweepLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const writer = /^(\d+)-.*\.part$/.exec(name)?.[1];
    if (writer !== undefined && (await isLeft(join(folder, name), Number(writer))))
      await rm(join(folder, name), { force: true });
  }
}

/** Process numbers come again, in containers soon: what is older than its writer, or than a day, is nobody's. */
async function isLeft(path: string, writer: number): Promise<boolean> {
  const facts = await stat(path).catch(() => null); // its writer finished just now
  if (facts === null) return false;
  const age = machineNow().getTime() - facts.mtimeMs;
  if (writer === process.pid) return age > process.uptime() * 1000;
  return age > dayMs || !isAlive(writer);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'; // alive, another user's
  }
}
