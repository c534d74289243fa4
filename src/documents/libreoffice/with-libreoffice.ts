import type { Log } from '../../log.ts';
import type { Document, ReadFile, Reading } from '../document.ts';
import type { Reader } from '../reader.ts';
import { type Converter, type NotConverted, openConverter } from './convert.ts';
import { type Doubt, doubtIn } from './doubt.ts';
import { findLibreOffice } from './find.ts';
import { hashOf, type Outcome, openKept } from './kept.ts';
import { isNoWorse, withPlaces } from './second-reading.ts';

export type SecondReading = {
  log: Log;
  /** Where outcomes are kept (`convertedIn(DATA_DIR)`); null: nowhere. */
  folder: string | null;
  /** For tests; otherwise what this computer has, if it has one. */
  converter?: Converter | null;
};

/**
 * The same reader, which for an old Word file that it cannot read to the end also asks LibreOffice, where there is one:
 * the file becomes a .docx, which is read like any other. What comes out is never worse than without; where LibreOffice
 * is missing, too slow or of no use, our own reading stands as it is.
 */
export function withLibreOffice(reader: Reader, { log, folder, converter = converterHere() }: SecondReading): Reader {
  const kept = folder === null ? null : openKept(folder);
  const read: ReadFile = async (file) => {
    const own = await reader.read(file);
    const doubt = doubtIn(file.name, own);
    if (!doubt) return own;
    const sha256 = hashOf(file.bytes);
    const before = await kept?.get(sha256);
    if (before) return (await applied(before, own, doubt, reader.read)) ?? own;
    if (!converter) return own;
    const end = await converter.convert(doubt.format, file.bytes);
    if ('undone' in end && end.undone === 'resting') return own;
    const { outcome, reading } = await judged(end, own, doubt, reader.read);
    if (outcome.use === null) log.warn({ sha256, why: outcome.why }, 'LibreOffice brought nothing better');
    await kept?.put(sha256, outcome);
    return reading ?? own;
  };
  return {
    ...reader,
    read,
    async close() {
      await Promise.all([converter?.close(), reader.close()]);
    },
  };
}

type Judged = { outcome: Outcome; reading: Reading | null };

/** @param end what came of the conversion */
async function judged(
  end: { docx: Buffer } | { undone: NotConverted },
  own: Reading,
  doubt: Doubt,
  read: ReadFile,
): Promise<Judged> {
  if ('undone' in end) return { outcome: { use: null, why: end.undone }, reading: null };
  const outcome: Outcome = { use: doubt.about, docx: end.docx };
  const reading = await applied(outcome, own, doubt, read);
  return reading ? { outcome, reading } : { outcome: { use: null, why: 'worse' }, reading };
}

/** Our own reading bettered by an outcome; null when it brings nothing. */
async function applied(outcome: Outcome, own: Reading, doubt: Doubt, read: ReadFile): Promise<Reading | null> {
  if (outcome.use !== doubt.about) return null;
  const converted = await read({ name: 'converted.docx', bytes: outcome.docx });
  if (converted.kind !== 'document') return null;
  const document = bettered(own.kind === 'document' ? own.document : null, converted.document, doubt);
  return document && { kind: 'document', type: own.type === 'ole' ? 'wps' : own.type, document };
}

function bettered(own: Document | null, converted: Document, { about }: Doubt): Document | null {
  if (about === 'places') return own && withPlaces(own, converted);
  return isNoWorse(own, converted) ? converted : null;
}

function converterHere(): Converter | null {
  const soffice = findLibreOffice();
  return soffice ? openConverter(soffice) : null;
}
