import { createReadStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Clock, machineNow } from '../clock.ts';
import { Failure } from '../errors.ts';
import type { JournalEntry, JournalLine } from './journal-entry.ts';

export type Journal = {
  /**
   * On disk when it returns. Without entries it writes what it keeps, and sees whether a trouble is over.
   *
   * @returns the office time it was noted under, for the rows that follow from it
   */
  write: (...entries: JournalEntry[]) => Promise<Date>;
  /**
   * For what has happened outside and cannot be undone by a full disk. Never throws: what the disk does not take is
   * written before the next entry.
   */
  writeOrKeep: (entry: JournalEntry) => Promise<void>;
  /** What was wrong with the last writing; null when it was on disk. */
  trouble: () => Failure | null;
  /** Everything ever written, in order. */
  read: () => AsyncIterable<JournalLine>;
};

/** One file a month; lines are only ever added. A torn last line (power cut) is passed over when read. */
export function openJournal(dataDir: string, clock: Clock): Journal {
  const folder = journalFolder(dataDir);
  let kept: string[] = [];
  let trouble: Failure | null = null;

  async function add(at: Date, lines: readonly string[]): Promise<void> {
    const [before, all] = [kept, [...kept, ...lines].join('')];
    if (all === '' && trouble === null) return;
    kept = []; // whoever writes meanwhile does not write them, too
    try {
      await append(folder, at.toISOString().slice(0, 7), all || '\n'); // an empty line finds out whether there is room again
      trouble = null;
    } catch (cause) {
      kept = [...before, ...kept];
      const reason = `cannot write journal: ${cause}`;
      trouble = new Failure('temporary', '记录簿写不进去，请检查磁盘空间和权限', reason, { cause });
      throw trouble;
    }
  }

  return {
    async write(...entries) {
      const [at, office] = [machineNow(), clock.now()];
      await add(
        at,
        entries.map((entry) => lineOf(entry, at, office)),
      );
      return office;
    },
    async writeOrKeep(entry) {
      const at = machineNow();
      const line = lineOf(entry, at, clock.now());
      await add(at, [line]).catch(() => kept.push(line)); // `trouble` tells of it
    },
    trouble: () => trouble,
    read: () => readJournal(folder),
  };
}

const lineOf = (entry: JournalEntry, at: Date, office: Date) => `${JSON.stringify({ ...entry, at, office })}\n`;

export const journalFolder = (dataDir: string) => join(dataDir, 'journal');

/** Names of the journal's files in order; none where there is no journal yet. */
export function journalFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d{4}-\d\d\.jsonl$/.test(name))
    .sort();
}

async function* readJournal(folder: string): AsyncGenerator<JournalLine> {
  for (const name of journalFiles(folder))
    for await (const line of createInterface({ input: createReadStream(join(folder, name)) })) {
      const entry = parsed(line);
      if (entry) yield entry;
    }
}

async function append(folder: string, month: string, lines: string): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // A computer's clock set back must not put today's lines before yesterday's.
  const last = journalFiles(folder).at(-1) ?? '';
  const name = [`${month}.jsonl`, last].sort().at(-1) ?? '';
  await addTo(join(folder, name), lines);
  if (name !== last) await sync(folder); // a new name is durable only when its folder is
}

async function addTo(path: string, lines: string): Promise<void> {
  const file = await open(path, 'a+', 0o600);
  try {
    await file.appendFile(await separated(file, lines));
    await file.sync();
  } finally {
    await file.close();
  }
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** After a torn line the next entry begins on its own. The torn one may lack nothing but its end: it is spoilt. */
async function separated(file: FileHandle, lines: string): Promise<string> {
  const { size } = await file.stat();
  if (size === 0) return lines;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() === '\n' ? lines : ` torn\n${lines}`;
}

function parsed(line: string): JournalLine | null {
  try {
    return JSON.parse(line);
  } catch {
    return null; // torn by a power cut: it had not taken effect, for effects follow the fsync
  }
}
