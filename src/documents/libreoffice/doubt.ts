import type { Document, FileType, Reading } from '../document.ts';
import type { OldFormat } from './convert.ts';

/** What is wanted of LibreOffice: the whole reading, or only where the pictures stand. */
export type Doubt = { format: OldFormat; about: 'reading' | 'places' };

const formats: Partial<Record<FileType, OldFormat>> = { doc: 'doc', wps: 'doc', rtf: 'rtf' };

/**
 * What our own reading of an old Word file leaves open; null for every other file, and for one that is read to the end.
 * Whole and sound ones are read by ourselves as well as LibreOffice does it, and a hundred times as fast.
 */
export function doubtIn(name: string, reading: Reading): Doubt | null {
  const format = formats[reading.type] ?? (isWorks(name, reading) ? 'works' : null);
  if (!format) return null;
  if (reading.kind === 'document') {
    if (reading.document.rough) return { format, about: 'reading' };
    return unplaced(reading.document).length > 0 ? { format, about: 'places' } : null;
  }
  const isBeyondUs = reading.kind === 'unreadable' && ['corrupt', 'unsupported'].includes(reading.reason);
  return isBeyondUs ? { format, about: 'reading' } : null;
}

/** Pictures of which the format does not say where they stand. */
export const unplaced = ({ pictures }: Document) =>
  pictures.filter(({ location, sha256 }) => location === '' && sha256);

/** Microsoft Works named its texts .wps long before WPS did. */
const isWorks = (name: string, { type }: Reading) => type === 'ole' && /\.wps$/i.test(name);
