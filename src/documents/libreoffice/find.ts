import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where the packages of Linux and macOS put it when no search path is given (a forked process has none). */
const usualFolders = [
  '/usr/bin',
  '/usr/local/bin',
  '/usr/lib/libreoffice/program',
  '/opt/libreoffice/program',
  '/snap/bin',
  '/Applications/LibreOffice.app/Contents/MacOS',
];

/** The command that installs it on Debian and Ubuntu, for people. */
export const installCommand = 'sudo apt-get install libreoffice-writer-nogui';

/**
 * The program `soffice` of this computer; null where there is none. Not looked for on Windows, which has no process
 * groups: a conversion could not be ended with all that belongs to it.
 *
 * @param searchPath as in PATH
 */
export function findLibreOffice(searchPath = process.env.PATH ?? ''): string | null {
  return process.platform === 'win32' ? null : findProgram('soffice', searchPath);
}

/** A program in the search path or the usual folders. */
export function findProgram(name: string, searchPath = process.env.PATH ?? ''): string | null {
  const folders = [...searchPath.split(delimiter).filter(Boolean), ...usualFolders];
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // not there, or not for us to run
  }
}
