import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NotConverted } from './convert.ts';

/** What LibreOffice made of a file: the .docx that is read in its place, or why there is none. */
export type Outcome = { docx: Buffer } | { why: NotConverted | 'worse' };

/** Outcomes by the file's hash. Null where nothing is kept: a command that looks once. */
export type Kept = {
  get: (sha256: string) => Promise<Outcome | null>;
  put: (sha256: string, outcome: Outcome) => Promise<void>;
};

const whys: readonly string[] = ['timed_out', 'out_of_memory', 'failed', 'worse'];

/** Where the outcomes of a data folder lie; it may be deleted, then LibreOffice is asked anew. */
export const convertedIn = (dataDir: string) => join(dataDir, 'converted');

export const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** The path of the .docx that was read in place of a file beyond our own readers; null when there is none. */
export async function readInPlaceOf(folder: string, sha256: string): Promise<string | null> {
  const path = join(folder, `${sha256}.docx`);
  const facts = await stat(path).catch(() => null); // the usual case: it was read by ourselves
  return facts && path;
}

/**
 * Keeps outcomes in a folder, readable by the owner alone, so that a book made again from the raw mails reads every
 * file as it was read the first time: also one that LibreOffice did not finish on a busy day.
 */
export function openKept(folder: string): Kept {
  const at = (sha256: string, ending: string) => join(folder, `${sha256}.${ending}`);
  return {
    async get(sha256) {
      const docx = await readFile(at(sha256, 'docx')).catch(() => null); // not there
      if (docx) return { docx };
      const why = await readFile(at(sha256, 'none'), 'utf8').catch(() => ''); // not there
      return whys.includes(why) ? { why: why as NotConverted | 'worse' } : null;
    },
    async put(sha256, outcome) {
      const [ending, content] = 'docx' in outcome ? ['docx', outcome.docx] : ['none', outcome.why];
      const part = at(sha256, `${process.pid}-${randomUUID()}.part`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(part, content, { mode: 0o600, flag: 'wx', flush: true });
        await rename(part, at(sha256, ending));
      } catch {
        await rm(part, { force: true }).catch(() => undefined); // a full disk: what was read is right all the same
      }
    },
  };
}
