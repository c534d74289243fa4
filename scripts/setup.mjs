// Installs and builds what is missing. Node's own modules only: it runs before anything is installed, without bash.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const installed = `${root}node_modules/.shouli-lock`;

/** Runs one program in the project's folder, shows what it says, and ends this process with its exit code if it fails. */
export function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  if (error) console.error(error.message);
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs a JavaScript file of an installed package with this very Node. */
export function runNode(args, env) {
  run(process.execPath, args, env);
}

/** `npm ci` unless node_modules already holds exactly what the lock file names. */
export function install() {
  const lock = readFileSync(`${root}package-lock.json`, 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock) return;
  console.log('正在安装所需的程序包（只需一次）…');
  const npm = process.env.npm_execpath; // set when npm runs us; a `.cmd` shim cannot be spawned on Windows
  const words = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  if (npm) runNode([npm, ...words]);
  else run('npm', words);
  writeFileSync(installed, lock);
}

/** Bundles `src` into `dist`. Some two seconds, so it is done every time rather than guessed when to. */
export function build() {
  runNode(['scripts/build.mjs']);
}
