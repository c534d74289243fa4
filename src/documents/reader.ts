import { isHeic } from '../pictures/heic.ts';
import { headOfWholeJpeg } from '../pictures/jpeg.ts';
import type { FileToRead, ReadFile, Reading } from './document.ts';
import { type ChildLimits, type ChildSeams, openChildren } from './pool/children.ts';

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
  fileBytes: 80e6,
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
    async read({ name, bytes, passwords = [], volumes = [], sizeOnly = false }) {
      if (volumes.reduce((sum, { length }) => sum + length, bytes.length) > fileBytes)
        return { kind: 'unreadable', type: 'unknown', reason: 'too_large', detail: `超过 ${fileBytes / 1e6} MB` };
      const head = sizeOnly ? (isHeic(bytes) ? bytes : headOfWholeJpeg(bytes)) : null;
      const glance = head && (await ask({ name, bytes: head, sizeOnly }));
      if (glance?.kind === 'picture') return glance;
      return ask({ name, bytes, passwords, volumes }); // callers' files know more, none of the child's business
    },
    warm: children.warm,
    close: children.close,
  };
}

const shortBytes = 4e6;

/** Read in milliseconds, as most of what comes; archives and old kinds may take seconds. */
const isShort = ({ name, bytes }: FileToRead) => bytes.length <= shortBytes && /\.(docx|xlsx|jpe?g|png)$/i.test(name);
