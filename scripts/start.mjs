// `npm start [-- --once]`: installs what is missing, builds, and starts: the real mailbox when IMAP_URL is set, else the
// rehearsal. The words after `--` go to `shouli start`.
import { spawn } from 'node:child_process';
import { build, install, root } from './setup.mjs';

install();
build();
// Half a minute after the last mail V8 would go through the whole heap three times, to give memory back that the next mail
// takes again: four idle minutes' CPU (bench/latency.ts). The switch is only heard on the command line.
const words = ['--no-memory-reducer', 'bin/shouli.mjs', 'start', ...process.argv.slice(2)];
const child = spawn(process.execPath, words, {
  cwd: root,
  stdio: 'inherit',
});
// Ctrl-C reaches the child by itself; a service manager's stop is handed on. Either way we end when it has ended.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
});
