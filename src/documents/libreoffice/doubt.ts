import type { FileType, Reading, UnreadableReason } from '../document.ts';
import type { OldFormat } from './convert.ts';

const formats: Partial<Record<FileType, OldFormat>> = { doc: 'doc', wps: 'doc', rtf: 'rtf' };

/**
 * The format of an old Word file whose structure our own reading leaves open: its tables contradict themselves, or we
 * cannot read it at all. Null for every other file. Sound ones are read by ourselves as well as LibreOffice does it,
 * and a hundred times as fast.
 */
export function doubtIn(name: string, reading: Reading): OldFormat | null {
  const format = formats[reading.type] ?? null;
  if (reading.kind === 'document') return reading.document.rough ? format : null;
  if (reading.kind !== 'unreadable' || !['corrupt', 'unsupported'].includes(reading.reason)) return null;
  return reading.type === 'ole' ? byName(name, reading.reason) : format;
}

/** A container whose end is missing no longer says what it holds; Microsoft Works named its texts .wps before WPS did. */
function byName(name: string, reason: UnreadableReason): OldFormat | null {
  if (reason === 'corrupt') return /\.(?:doc|wps)$/i.test(name) ? 'doc' : null;
  return /\.wps$/i.test(name) ? 'works' : null;
}
