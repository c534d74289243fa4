import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AddressName, addressTrouble, isLocal } from './addresses.ts';
import { parseInstant } from './clock.ts';
import { readEnvFile } from './env-file.ts';
import { Failure } from './errors.ts';

/** `observe`: no letter is made ready; `hold`: a person presses send; `auto`: letters go when due. */
export type LetterMode = 'auto' | 'hold' | 'observe';

/** What the office may set: environment variables or lines in `.env`, each also as `NAME_FILE`, a file that holds it. */
export type Settings = {
  /** Where mail comes from: `imaps://user:code@host:993`, or `file:DIR` for a folder of .eml. null: the rehearsal. */
  imapUrl: string | null;
  /** Where letters leave: `smtps://user:code@host:465`, or `file:DIR` writes .eml there. */
  smtpUrl: string | null;
  mailFrom: string | null;
  databaseUrl: string | null;
  redisUrl: string | null;
  dataDir: string;
  configDir: string;
  notice: string;
  letters: LetterMode;
  /** LETTERS was set by the office: then mail from before the first meeting is answered like any other. */
  lettersSet: boolean;
  /** 0: no limit. */
  lettersPerMinute: number;
  lettersPerDay: number;
  quietMinutes: number;
  pollSeconds: number;
  consoleHost: string;
  consolePort: number;
  digestTo: string[];
  /** `08:30`, office time. */
  digestAt: string;
  /** Where office time stands at the start; null: the computer's own. */
  now: Date | null;
  logLevel: string;
};

/** Every name that may be set; a line of `.env` that is none of them, but near to one, is probably mistyped. */
export const settingNames = [
  ...['IMAP_URL', 'SMTP_URL', 'MAIL_FROM', 'DATABASE_URL', 'REDIS_URL', 'DATA_DIR', 'CONFIG_DIR', 'NOTICE'],
  ...['LETTERS', 'LETTERS_PER_MINUTE', 'LETTERS_PER_DAY', 'QUIET_MINUTES', 'POLL_SECONDS'],
  ...['CONSOLE_HOST', 'CONSOLE_PORT', 'DIGEST_TO', 'DIGEST_AT', 'NOW', 'LOG_LEVEL'],
] as const;
type SettingName = (typeof settingNames)[number];
/** What is wrong with one setting, in Chinese; never repeats an address that holds a code. */
export type Mistake = { setting: SettingName | '.env'; text: string };
/**
 * Settings as far as they can be read: what is mistaken stands at its default, an address as it was written. `names`:
 * those that stand in the `.env` of the folder; null where there is none.
 */
export type Inspected = { settings: Settings; mistakes: Mistake[]; folder: string; names: string[] | null };

type Given = NodeJS.Dict<string>;

/** @throws Failure (usage) with every mistake, one a line */
export function readSettings(environment: NodeJS.ProcessEnv = process.env, folder: string = process.cwd()): Settings {
  const { settings, mistakes } = inspectSettings(environment, folder);
  if (mistakes.length > 0)
    throw new Failure('usage', `设置有误，请改正后再启动：\n${mistakes.map(({ text }) => `  ${text}`).join('\n')}`);
  return settings;
}

/** For the doctor, who goes on where others refuse. */
export function inspectSettings(
  environment: NodeJS.ProcessEnv = process.env,
  folder: string = process.cwd(),
): Inspected {
  const { lines, mistakes: inFile } = readEnvFile(join(folder, '.env'), settingNames);
  const mistakes: Mistake[] = inFile.map((text) => ({ setting: '.env', text }));
  const settings = readAll({ ...lines, ...environment }, folder, mistakes);
  return { settings, mistakes, folder, names: lines && Object.keys(lines) };
}

function readAll(given: Given, folder: string, mistakes: Mistake[]): Settings {
  const text = (name: SettingName) => setting(name, given, mistakes);
  const number = (name: SettingName, otherwise: number, most = 999_999) =>
    wholeNumber(name, text(name), { otherwise, most }, mistakes);
  const url = (name: AddressName) => address(name, text(name), mistakes);
  const [imapUrl, smtpUrl] = [url('IMAP_URL'), url('SMTP_URL')];
  const unlimited = smtpUrl === null || isLocal(smtpUrl);
  return {
    imapUrl,
    smtpUrl,
    mailFrom: text('MAIL_FROM'),
    databaseUrl: url('DATABASE_URL'),
    redisUrl: url('REDIS_URL'),
    dataDir: resolve(folder, text('DATA_DIR') ?? 'data'),
    configDir: text('CONFIG_DIR') ?? defaultConfigDir(folder),
    notice: text('NOTICE') ?? 'jiaozuo-craftsman-2018',
    letters: oneOf('LETTERS', text('LETTERS'), ['auto', 'hold', 'observe'], mistakes),
    lettersSet: text('LETTERS') !== null,
    lettersPerMinute: number('LETTERS_PER_MINUTE', unlimited ? 0 : 3),
    lettersPerDay: number('LETTERS_PER_DAY', unlimited ? 0 : 150),
    quietMinutes: number('QUIET_MINUTES', 20),
    pollSeconds: Math.max(1, number('POLL_SECONDS', 60)),
    consoleHost: text('CONSOLE_HOST') ?? '127.0.0.1',
    consolePort: number('CONSOLE_PORT', 8126, 65_535),
    digestTo: (text('DIGEST_TO') ?? '').split(/[,;，；\s]+/).filter(Boolean),
    digestAt: timeOfDay('DIGEST_AT', text('DIGEST_AT'), '08:30', mistakes),
    now: instant('NOW', text('NOW'), mistakes),
    logLevel: oneOf(
      'LOG_LEVEL',
      text('LOG_LEVEL') ?? 'warn',
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      mistakes,
    ),
  };
}

function setting(name: SettingName, given: Given, mistakes: Mistake[]): string | null {
  const path = given[`${name}_FILE`];
  if (given[name] || !path) return given[name] || null;
  try {
    return readFileSync(path, 'utf8').trim() || null;
  } catch {
    mistakes.push({ setting: name, text: `读不到 ${name}_FILE 所指的文件：${path}` });
    return null;
  }
}

/** A wrong one stands as it was written, for the doctor, who does not try it. */
function address(name: AddressName, value: string | null, mistakes: Mistake[]): string | null {
  const trouble = value === null ? null : addressTrouble(name, value);
  if (trouble !== null) mistakes.push({ setting: name, text: trouble });
  return value;
}

function wholeNumber(
  name: SettingName,
  value: string | null,
  { otherwise, most }: { otherwise: number; most: number },
  mistakes: Mistake[],
): number {
  if (value === null) return otherwise;
  if (/^\d{1,6}$/.test(value) && Number(value) <= most) return Number(value);
  mistakes.push({ setting: name, text: `${name} 应为整数，现在是“${value}”（最大 ${most}）` });
  return otherwise;
}

function oneOf<Word extends string>(
  name: SettingName,
  value: string | null,
  words: readonly [Word, ...Word[]],
  mistakes: Mistake[],
) {
  const found = words.find((word) => word === value);
  if (value !== null && !found)
    mistakes.push({ setting: name, text: `${name} 应为其中之一：${words.join('、')}；现在是“${value}”` });
  return found ?? words[0];
}

function timeOfDay(name: SettingName, value: string | null, otherwise: string, mistakes: Mistake[]): string {
  if (value === null || /^([01]\d|2[0-3]):[0-5]\d$/.test(value)) return value ?? otherwise;
  mistakes.push({ setting: name, text: `${name} 应写成 08:30 这样的时刻，现在是“${value}”` });
  return otherwise;
}

function instant(name: SettingName, value: string | null, mistakes: Mistake[]): Date | null {
  if (value === null) return null;
  try {
    return parseInstant(value);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    mistakes.push({ setting: name, text: `${name}：${error.forPerson}` });
    return null;
  }
}

/** `./config` where the command is run; elsewhere the one that came with the program. */
function defaultConfigDir(folder: string): string {
  const here = join(folder, 'config');
  return existsSync(join(here, 'notices')) ? here : join(packageRoot(), 'config');
}

/** From `src/` or `dist/` up to the folder of package.json: the bundle holds no configuration. */
export function packageRoot(): string {
  let folder = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', folder)) && folder.pathname !== '/') folder = new URL('..', folder);
  return fileURLToPath(folder);
}
