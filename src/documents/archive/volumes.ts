import type { NamedFile } from '../sniff/sniffed.ts';
import { joinDisks } from './disks.ts';
import { styleOf } from './parts.ts';

/**
 * The parts of a divided archive as one file, where they are no more than that: cut at a length (`.001`), or divided
 * among disks (`.zip` and `.z01`). The parts of a rar have headers of their own and stay beside each other.
 *
 * @throws Unreadable `corrupt` where the parts do not fit each other
 */
export function joined(file: NamedFile): NamedFile {
  const { name, bytes, volumes = [] } = file;
  const style = styleOf(name);
  if (volumes.length === 0 || style === 'rar' || style === 'old rar') return file;
  if (style === 'disks') return { ...file, bytes: joinDisks([...volumes, bytes]), volumes: [] };
  return { ...file, name: name.replace(/\.\d{3}$/, ''), bytes: Buffer.concat([bytes, ...volumes]), volumes: [] };
}
