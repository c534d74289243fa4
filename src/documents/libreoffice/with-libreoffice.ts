import type { Log } from '../../log.ts';
import type { ReadFile, Reading } from '../document.ts';
import type { Reader } from '../reader.ts';
import { type Converter, openConverter } from './convert.ts';
import { doubtIn } from './doubt.ts';
import { findLibreOffice } from './find.ts';
import { hashOf, type Outcome, openKept } from './kept.ts';
import { isNoWorse } from './no-worse.ts';

export type SecondReading = {
  log: Log;
  /** Where outcomes are kept (`convertedIn(DATA_DIR)`); null: nowhere. */
  folder: string | null;
  /** For tests; otherwise what this computer has, if it has one. */
  converter?: Converter | null;
};

/**
 * The same reader, which for an old Word file whose structure it leaves open also asks LibreOffice, where there is one:
 * the file becomes a .docx, which is read like any other. What comes out is never worse than without; where LibreOffice
 * is missing, too slow or of no use, our own reading stands as it is.
 */
export function withLibreOffice(reader: Reader, { log, folder, converter = converterHere() }: SecondReading): Reader {
  const kept = folder === null ? null : openKept(folder);
  const read: ReadFile = async (file) => {
    const own = await reader.read(file);
    const format = doubtIn(file.name, own);
    if (!format) return own;
    const sha256 = hashOf(file.bytes);
    const before = await kept?.get(sha256);
    if (before) return (await readingOf(before, file.name, own, reader.read)) ?? own;
    if (!converter) return own;
    const end = await converter.convert(format, file.bytes);
    if ('undone' in end && end.undone === 'resting') return own;
    const reading = 'docx' in end ? await readingOf(end, file.name, own, reader.read) : null;
    const outcome: Outcome = 'undone' in end ? { why: end.undone } : reading ? end : { why: 'worse' };
    if ('why' in outcome) log.warn({ sha256, why: outcome.why }, 'LibreOffice brought nothing better');
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

/** The reading of the .docx in place of our own; null when there is none, or it is worse. */
async function readingOf(outcome: Outcome, name: string, own: Reading, read: ReadFile): Promise<Reading | null> {
  if ('why' in outcome) return null;
  const converted = await read({ name: 'converted.docx', bytes: outcome.docx });
  if (converted.kind !== 'document') return null;
  if (!isNoWorse(own.kind === 'document' ? own.document : null, converted.document)) return null;
  const isRepaired = own.kind === 'unreadable' && own.reason === 'corrupt'; // what is gone may be what seems blank
  const document = isRepaired ? { ...converted.document, rough: true } : converted.document;
  const type = own.type !== 'ole' ? own.type : /\.doc$/i.test(name) ? 'doc' : 'wps'; // only its name said what it is
  return { kind: 'document', type, document };
}

function converterHere(): Converter | null {
  const soffice = findLibreOffice();
  return soffice ? openConverter(soffice) : null;
}
