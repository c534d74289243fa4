import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure } from '../../errors.ts';
import { openGate } from '../pool/gate.ts';
import { boundingWords } from './bounds.ts';
import { inTemporaryFolder, removeLeftovers } from './folder.ts';
import { type Group, type GroupBounds, runGroup } from './group.ts';
import { writeProfile } from './profile.ts';

/** Why no .docx came out of a file. */
export type NotConverted = 'timed_out' | 'out_of_memory' | 'failed';
/** `resting`: it did not answer several times in a row, and is left alone for a while; the next try may succeed. */
export type ConverterEnd = { docx: Buffer } | { undone: NotConverted } | { undone: 'resting' };
/** What may be converted, and the import that LibreOffice is told to use: it must not choose by itself. */
export type OldFormat = 'doc' | 'rtf' | 'works';

export type Converter = {
  /** @throws Failure (temporary) when it was closed meanwhile; never for what is in the file */
  convert: (format: OldFormat, bytes: Buffer) => Promise<ConverterEnd>;
  /** Ends what runs. */
  close: () => Promise<void>;
};

const imports: Record<OldFormat, [ending: string, filter: string]> = {
  doc: ['doc', 'MS Word 97'],
  rtf: ['rtf', 'Rich Text Format'],
  works: ['wps', 'MS_Works'],
};
const usual: GroupBounds = { wallMs: 20_000, residentBytes: 768 * 1024 * 1024 };
const maxDocxBytes = 60e6;
/** Mails are recorded in the order of arrival: a hundred files that each hang would hold up the whole office. */
const [maxLateInARow, restMs] = [3, 10 * 60_000];

/**
 * Opens the way to LibreOffice, which turns old Word files into .docx: one at a time, each in a process group without
 * our environment, with a fresh profile in a temporary folder that goes with it, without macros and, where the system
 * lets us, without a network.
 */
export function openConverter(soffice: string, bounds: GroupBounds = usual, temporary = tmpdir()): Converter {
  const gate = openGate(1);
  const running = new Set<Group>();
  let [isClosed, lateInARow, restsUntil] = [false, 0, 0];
  let bounding: Promise<string[]> | null = null;

  const inFolder = async (folder: string, format: OldFormat, bytes: Buffer) => {
    const [ending, filter] = imports[format];
    const [source, out] = [join(folder, `in.${ending}`), join(folder, 'out')];
    await Promise.all([writeFile(source, bytes, { mode: 0o600 }), writeProfile(join(folder, 'profile')), mkdir(out)]);
    bounding ??= boundingWords();
    const command = [...(await bounding), soffice, ...wordsFor(folder, filter, out, source)];
    if (isClosed) throw stopping();
    const group = runGroup(command, environmentIn(folder), bounds);
    running.add(group);
    const end = await group.end;
    running.delete(group);
    if (end === 'stopped') throw stopping();
    return end === 'ended' ? result(join(out, 'in.docx')) : { undone: end };
  };

  return {
    async convert(format, bytes) {
      await gate.enter();
      try {
        if (isClosed) throw stopping();
        if (performance.now() < restsUntil) return { undone: 'resting' };
        await removeLeftovers(temporary);
        const end = await inTemporaryFolder(temporary, (folder) => inFolder(folder, format, bytes));
        lateInARow = 'undone' in end && end.undone === 'timed_out' ? lateInARow + 1 : 0;
        if (lateInARow >= maxLateInARow) [lateInARow, restsUntil] = [0, performance.now() + restMs];
        return end;
      } finally {
        gate.leave();
      }
    },
    async close() {
      isClosed = true;
      for (const group of running) group.stop();
      await Promise.all([...running].map(({ end }) => end));
    },
  };
}

const wordsFor = (folder: string, filter: string, out: string, source: string) => [
  `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
  ...['--headless', '--norestore', '--nolockcheck', '--nodefault', '--nofirststartwizard', '--nologo'],
  `--infilter=${filter}`,
  ...['--convert-to', 'docx:MS Word 2007 XML', '--outdir', out, source],
];

/** Its own home and temporary folder; the mailbox's code and the like stay with us. */
const environmentIn = (folder: string): NodeJS.ProcessEnv => ({
  PATH: '/usr/bin:/bin',
  HOME: folder,
  TMPDIR: folder,
  LANG: 'C.UTF-8',
  SAL_USE_VCLPLUGIN: 'svp',
  http_proxy: 'http://127.0.0.1:9',
  https_proxy: 'http://127.0.0.1:9',
});

async function result(path: string): Promise<{ docx: Buffer } | { undone: NotConverted }> {
  const facts = await stat(path).catch(() => null); // it answers 0 for a file that it could not open, too
  if (!facts || facts.size === 0 || facts.size > maxDocxBytes) return { undone: 'failed' };
  return { docx: await readFile(path) };
}

const stopping = () => new Failure('temporary', '正在停止，这个文件稍后再读', 'the converter was closed');
