import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { Failure } from './errors.ts';

/** What the office may set: environment variables or lines in `.env`, each also as `NAME_FILE`, a file that holds it. */
export type Settings = { configDir: string; notice: string; mailFrom: string | null };

/** @throws Failure (usage) when a `NAME_FILE` cannot be read */
export function readSettings(environment: NodeJS.ProcessEnv = process.env, folder: string = process.cwd()): Settings {
  const file = join(folder, '.env');
  const given = { ...(existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}), ...environment };
  return {
    configDir: setting('CONFIG_DIR', given) ?? defaultConfigDir(folder),
    notice: setting('NOTICE', given) ?? 'jiaozuo-craftsman-2018',
    mailFrom: setting('MAIL_FROM', given),
  };
}

function setting(name: string, given: NodeJS.Dict<string>): string | null {
  const path = given[`${name}_FILE`];
  if (given[name] || !path) return given[name] || null;
  try {
    return readFileSync(path, 'utf8').trim() || null;
  } catch (cause) {
    throw new Failure('usage', `读不到 ${name}_FILE 所指的文件：${path}`, `cannot read ${name}_FILE`, { cause });
  }
}

/** `./config` where the command is run; elsewhere the one that came with the program. */
function defaultConfigDir(folder: string): string {
  const here = join(folder, 'config');
  return existsSync(join(here, 'notices')) ? here : join(packageRoot(), 'config');
}

/** From `src/` or `dist/src/` up to the folder of package.json: the compiled tree holds no configuration. */
function packageRoot(): string {
  let folder = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', folder)) && folder.pathname !== '/') folder = new URL('..', folder);
  return fileURLToPath(folder);
}
