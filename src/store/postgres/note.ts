import { chownSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** `DATA_DIR/database.json`: where the database is, for people, for other tools, and for us to keep the port. */
const noteSchema = z.object({
  dataDir: z.string(),
  state: z.string(),
  cluster: z.string(),
  role: z.string(),
  /** Holds the role's password and nothing else. */
  secretFile: z.string(),
  port: z.int().min(1).max(65_535),
  /** The server's process; null when it was stopped. */
  pid: z.int().nullable(),
});
export type Note = z.infer<typeof noteSchema>;

export function writeNote(note: Note): void {
  const file = join(note.dataDir, 'database.json');
  const half = `${file}.half`;
  writeFileSync(half, `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 });
  const { uid, gid } = statSync(note.dataDir);
  if (process.getuid?.() === 0) chownSync(half, uid, gid); // root was here once, the folder's owner goes on
  renameSync(half, file);
}

/** Null when there is none or it is damaged: a cluster in its usual place is found without it. */
export function readNote(dataDir: string): Note | null {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(join(dataDir, 'database.json'), 'utf8')));
  } catch {
    return null;
  }
}

/** The embedded database's address while its note says that it runs; null when none does. Looks only, starts nothing. */
export function notedAddress(dataDir: string): string | null {
  const note = readNote(dataDir);
  if (note === null || note.pid === null) return null;
  return `postgres://${note.role}:${readFileSync(note.secretFile, 'utf8')}@127.0.0.1:${note.port}/${note.role}`;
}
