import { copyFileSync, existsSync, statSync, truncateSync } from 'node:fs';

const maxBytes = 4 * 1024 * 1024;

/**
 * Keeps the server's log from filling the disk: the file and one older one. The server appends, so it writes on at the
 * beginning after its file was emptied; its own collector would bound age, not size, and is one process more.
 */
export function boundLogFile(file: string): void {
  if (!existsSync(file) || statSync(file).size < maxBytes) return;
  copyFileSync(file, `${file}.1`);
  truncateSync(file);
}
