import { createReadStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { machineNow } from '../clock.ts';
import { Failure } from '../errors.ts';
import type { Arrival, MailHead, Place } from '../mailbox/ledger.ts';

/** What cannot be computed again from raw mail (design rule 8). Instants are ISO texts. */
export type JournalEntry =
  | { event: 'met'; account: string; at: string }
  | { event: 'kept'; place: Place; receivedAt: string; receivedFrom: string; raw: Arrival['raw'] }
  | { event: 'passed_over'; place: Place; receivedAt: string; head: MailHead; bytes: number }
  | { event: 'numbered'; origin: string; number: string }
  | { event: 'handed'; letter: HandedLetter }
  | { event: 'answered'; messageId: string; outcome: string; answer: string }
  | { event: 'decided'; number: string; kind: string; note: string; by: string }
  | { event: 'ruled'; identity: string; ruled: 'application' | 'set_aside' | null; by: string }
  | { event: 'released'; messageId: string; by: string }
  | { event: 'stopped' | 'resumed'; by: string };

/** A letter as it was given to the server: enough to know later that it went, and what it said. */
export type HandedLetter = {
  messageId: string;
  kind: string;
  number: string | null;
  stateKey: string;
  to: string;
  subject: string;
  text: string;
};

export type Journal = {
  /** On disk when it returns. */
  write: (...entries: JournalEntry[]) => Promise<void>;
  /** Everything ever written, in order. */
  read: () => AsyncIterable<JournalEntry & { at: string }>;
};

/** One file a month; lines are only ever added. A torn last line (power cut) is passed over when read. */
export function openJournal(dataDir: string): Journal {
  const folder = join(dataDir, 'journal');
  return {
    async write(...entries) {
      const at = machineNow().toISOString();
      await append(
        folder,
        `${at.slice(0, 7)}.jsonl`,
        entries.map((entry) => `${JSON.stringify({ ...entry, at })}\n`).join(''),
      );
    },
    async *read() {
      for (const file of existsSync(folder)
        ? readdirSync(folder)
            .filter((name) => name.endsWith('.jsonl'))
            .sort()
        : [])
        for await (const line of createInterface({ input: createReadStream(join(folder, file)) })) {
          const entry = parsed(line);
          if (entry) yield entry;
        }
    },
  };
}

async function append(folder: string, name: string, lines: string): Promise<void> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = await open(join(folder, name), 'a+', 0o600);
    try {
      await file.appendFile(await separated(file, lines));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new Failure('temporary', '记录簿写不进去，请检查磁盘空间和权限', `cannot write journal: ${cause}`, { cause });
  }
}

/** After a torn line the next entry begins on a line of its own. */
async function separated(file: FileHandle, lines: string): Promise<string> {
  const { size } = await file.stat();
  if (size === 0) return lines;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() === '\n' ? lines : `\n${lines}`;
}

function parsed(line: string): (JournalEntry & { at: string }) | null {
  try {
    return JSON.parse(line);
  } catch {
    return null; // torn by a power cut: it had not taken effect, for effects follow the fsync
  }
}
