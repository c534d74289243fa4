import type { FileToRead, ReadFile, Reading } from './document.ts';
import { type ChildLimits, type ChildSeams, openChildren } from './pool/children.ts';
import { maxFileBytes, withholding } from './withhold.ts';

/** What one file may cost. */
export type ReaderLimits = ChildLimits & { fileBytes: number };

export type Reader = {
  read: ReadFile;
  /** Starts the children with the usual parsers loaded, so that the first mail of the day waits no longer than others. */
  warm: () => Promise<void>;
  close: () => Promise<void>;
};

export type ReaderSeams = ChildSeams;

const defaults: ReaderLimits = {
  wallMs: 8_000,
  heapMegabytes: 256,
  residentBytes: 512 * 1024 * 1024,
  fileBytes: maxFileBytes,
  children: 2,
};

/**
 * Opens the door behind which strangers' files are read: a few child processes without environment, each replaced
 * after any failure. Nothing is forked before the first file.
 *
 * `read` never throws for what is in a file: the reasons `timed_out`, `out_of_memory` and `crashed` are told apart.
 * It throws a temporary `Failure` when the reader is closed meanwhile, so that a shutdown is not recorded as a bad
 * file. `close` kills what runs.
 */
export function openReader(limits: Partial<ReaderLimits> = {}, seams: ReaderSeams = {}): Reader {
  const { fileBytes, ...childLimits } = { ...defaults, ...limits };
  const children = openChildren<FileToRead, Reading>(childLimits, seams);
  const ask = async (file: FileToRead): Promise<Reading> => {
    const end = await children.ask(file, isShort(file));
    if ('answer' in end) return end.answer;
    return { kind: 'unreadable', type: 'unknown', reason: end.undone, detail: end.detail };
  };
  return {
    read: withholding(ask, fileBytes),
    warm: children.warm,
    close: children.close,
  };
}

const shortBytes = 4e6;

/** Read in milliseconds, as most of what comes; archives and old kinds may take seconds. */
const isShort = ({ name, bytes }: FileToRead) => bytes.length <= shortBytes && /\.(docx|xlsx|jpe?g|png)$/i.test(name);
