#!/usr/bin/env node
// The `shouli` command. Plain JavaScript, so that it can say what to do where nothing is installed or built yet.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const root = new URL('..', import.meta.url);
const program = new URL('dist/main.js', root);
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  refuse(`需要 Node.js 20.19 或更新的版本，现在是 ${process.versions.node}。请先升级 Node.js。`);
} else if (!existsSync(new URL('node_modules', root)) || !existsSync(program)) {
  refuse(`还没有安装完成。请在 ${fileURLToPath(root)} 里先运行：npm start`);
} else {
  // A mail runs through much code and seldom twice through the same: V8 spent a fifth of all processor time on compiling
  // functions for good (bench/road.ts). It shall wait until they have run some fifteen times longer than it would.
  setFlagsFromString('--interrupt-budget=2000000');
  const { main } = await import(program.href);
  process.exitCode = await main(process.argv.slice(2));
}

function refuse(why) {
  console.error(why);
  process.exitCode = 2;
}
