import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './place.ts';

/** `DATA_DIR/database.json`: where the database is, for people, for other tools, and for us to keep the port. */
export type Note = {
  state: string;
  cluster: string;
  /** Holds the role's password and nothing else. */
  secretFile: string;
  role: string;
  port: number;
  /** The server's process; null when it was stopped. */
  pid: number | null;
};

const fileOf = (place: Pick<Place, 'dataDir'>) => join(place.dataDir, 'database.json');

export function writeNote(place: Place, note: Note): void {
  const half = `${fileOf(place)}.half`;
  writeFileSync(half, `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 });
  renameSync(half, fileOf(place));
}

/** Null when there is none or it cannot be read: nothing in it is needed to find the database again. */
export function readNote(place: Pick<Place, 'dataDir'>): Note | null {
  try {
    return JSON.parse(readFileSync(fileOf(place), 'utf8')) as Note;
  } catch {
    return null;
  }
}
