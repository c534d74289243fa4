import sevenZip, { type FileSystem, type SevenZipModuleFactory } from '7z-wasm';
import { Unreadable } from '../../unreadable.ts';
import { styleOf } from '../parts.ts';

/** What 7-Zip printed, complained of and left in its own file system, which lies in memory. */
export type Run = { code: number; printed: string[]; complaints: string[]; fs: FileSystem };

/** Starts 7-Zip. Its types describe the other of its two builds, in which this is `default`. */
export const startSeven = sevenZip as unknown as SevenZipModuleFactory;

const archivePath = '/archive';

/** An archive, and the further parts of a divided one; its name tells how 7-Zip looks for them. */
export type Divisible = { name: string; bytes: Buffer; volumes: readonly Buffer[] };

/** The paths under which 7-Zip looks for the parts of a rar: from the first, counting on. */
function pathsOf({ name, volumes }: Divisible): string[] {
  if (volumes.length === 0) return [archivePath];
  if (styleOf(name) === 'rar') return [1, ...volumes.map((_, at) => at + 2)].map((n) => `${archivePath}.part${n}.rar`);
  return ['rar', ...volumes.map((_, at) => `r${String(at).padStart(2, '0')}`)].map((end) => `${archivePath}.${end}`);
}
/** The bytes are not copied; an option that the types leave out. */
const asItLies: { flags?: string } & { canOwn: boolean } = { canOwn: true };
/** A listing of 5,000 names has some 110,000 lines. */
const maxLines = 150_000;

/**
 * Runs 7-Zip (WebAssembly) once over an archive, in an instance of its own: a second run in one would meet what the
 * first left behind. It sees no disk; its memory counts as the child's.
 *
 * @param words command and switches; the archive is put at the end
 * @param files further files in its root, by name
 * @throws Unreadable `too_large` for a listing beyond all measure, `out_of_memory`
 */
export async function runSeven(
  archive: Divisible,
  words: string[],
  files: Record<string, Uint8Array> = {},
): Promise<Run> {
  const printed: string[] = [];
  const complaints: string[] = [];
  const seven = await startSeven({ print: keeper(printed), printErr: keeper(complaints), stdin: () => -1 });
  const paths = pathsOf(archive);
  for (const [at, bytes] of [archive.bytes, ...archive.volumes].entries())
    seven.FS.writeFile(paths[at] ?? archivePath, bytes, asItLies);
  for (const [name, bytes] of Object.entries(files)) seven.FS.writeFile(`/${name}`, bytes);
  try {
    // 7-Zip's exit code; the types say nothing is returned
    const code: unknown = seven.callMain([
      ...words,
      '-y',
      '-bd',
      '-sccUTF-8',
      '-scsUTF-8',
      '--',
      paths[0] ?? archivePath,
    ]);
    return { code: Number(code), printed, complaints, fs: seven.FS };
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable('out_of_memory', '解压程序的内存不够', { cause: error });
  }
}

function keeper(lines: string[]): (line: string) => void {
  return (line) => {
    if (lines.length >= maxLines) throw new Unreadable('too_large', '压缩包里的文件太多，没有列完');
    lines.push(line);
  };
}
