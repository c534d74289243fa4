// Plays a Dockerfile, line by line, in a folder. Node's own modules only.
import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** An ordinary user: `nobody` when root plays. */
export const player =
  process.getuid() === 0 ? { uid: 65534, gid: 65534 } : { uid: process.getuid(), gid: process.getgid() };

/** Each instruction as `{ word, rest }`; one that goes on over several lines is refused. */
function readInstructions(text) {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [, word, rest] = /^([A-Z]+) (.*[^\\])$/.exec(line) ?? fail(`not one instruction a line: ${line}`);
    return { word, rest };
  });
}

/** The files that a build gets to see: what git keeps, less what .dockerignore leaves out (`*`, then names with `!`). */
function readContext() {
  const wanted = readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .flatMap((line) => /^!(\S+)$/.exec(line)?.[1] ?? []);
  const { stdout } = spawnSync('git', ['ls-files', '-z'], { encoding: 'utf8', maxBuffer: 1e8 });
  return stdout.split('\0').filter((file) => wanted.some((name) => isIn(name, file)));
}

const isIn = (folder, file) => file === folder || file.startsWith(`${folder}/`);

/**
 * Plays the Dockerfile of this folder below `scratch`.
 *
 * @param env what RUN is given beside the Dockerfile's own ENV
 * @returns the last stage: its folder `root`, `workdir`, `env`, and the words of HEALTHCHECK and CMD
 */
export function playDockerfile(scratch, env) {
  const context = readContext();
  const stages = [];
  for (const { word, rest } of readInstructions(readFileSync('Dockerfile', 'utf8'))) {
    console.log(`  ${word} ${rest}`);
    if (word === 'FROM')
      stages.push(newStage(join(scratch, `stage-${stages.length}`), / AS (\S+)$/.exec(rest)?.[1], env));
    else (instructions[word] ?? fail(`cannot play ${word}`))(stages.at(-1), rest, { stages, context });
  }
  return stages.at(-1);
}

function newStage(root, name, env) {
  makeFolder(root);
  return { root, name, workdir: '/', env: { ...env }, health: [], command: [] };
}

/** Where a path of the image lies here. */
export const place = ({ root, workdir }, path) => join(root, resolve(workdir, path));

const instructions = {
  ENV: (stage, rest) => {
    for (const [, name, value] of rest.matchAll(/(\w+)=(\S+)/g))
      stage.env[name] = value.startsWith('/') ? place(stage, value) : value;
  },
  WORKDIR: (stage, rest) => {
    stage.workdir = rest;
    makeFolder(place(stage, '.'));
  },
  COPY: copy,
  // The image's paths and its user are this folder's and ours.
  RUN: (stage, rest) => {
    const here = rest
      .replace(/(?<= )\/(?=\w)/g, `${stage.root}/`)
      .replace('-o node -g node', `-o ${player.uid} -g ${player.gid}`);
    run(stage, ['sh', '-c', here]);
  },
  VOLUME: () => {},
  // From here on the program's folder is root's in the image: read only for the user.
  USER: (stage, rest) => {
    if (rest !== 'node') fail(`runs as ${rest}`);
    spawnSync('chmod', ['-R', 'a-w', place(stage, '.')]);
  },
  HEALTHCHECK: (stage, rest) => {
    stage.health = JSON.parse(/CMD (\[.*\])$/.exec(rest)?.[1] ?? fail('HEALTHCHECK is not in exec form'));
  },
  CMD: (stage, rest) => {
    stage.command = JSON.parse(rest);
  },
};

function copy(stage, rest, { stages, context }) {
  const words = rest.split(' ');
  const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : null;
  const to = words.pop() ?? fail('COPY to nowhere');
  const source = stages.find(({ name }) => name === from);
  if (source) for (const path of words) linkTree(place(source, path), place(stage, to));
  else if (from !== null) fail(`no stage ${from}`);
  else for (const path of words) copyTracked(context, path, (inner) => place(stage, join(to, inner)));
}

/** Links serve as copies: nothing is written there any more. */
function linkTree(source, target) {
  mkdirSync(dirname(target), { recursive: true });
  if (spawnSync('cp', ['-alT', source, target], { stdio: 'inherit' }).status !== 0) fail(`cannot copy ${source}`);
}

function copyTracked(context, path, targetOf) {
  const files = context.filter((file) => isIn(path, file));
  if (files.length === 0) fail(`COPY finds no ${path}: not in git, or left out by .dockerignore`);
  for (const file of files) {
    const target = targetOf(file === path ? basename(file) : file.slice(path.length + 1));
    cpSync(file, target);
    chownSync(target, player.uid, player.gid); // in the image COPY and RUN are the same user, root
  }
}

function makeFolder(path) {
  mkdirSync(path, { recursive: true });
  chownSync(path, player.uid, player.gid);
}

/** Runs words as the user, in the stage's folder. @returns what it printed */
export function run(stage, [program, ...words], { status: wanted = 0, env = {} } = {}) {
  const options = { ...player, cwd: place(stage, '.'), env: { ...stage.env, ...env }, encoding: 'utf8' };
  const { status, stdout, stderr, error } = spawnSync(program, words, { ...options, maxBuffer: 1e8 });
  if (status !== wanted)
    fail(`${[program, ...words].join(' ')}: exit code ${status}\n${error ?? ''}${stdout}${stderr}`);
  return stdout;
}

export function fail(why) {
  throw new Error(why);
}
