// There is no Docker engine where this project is tested. So the Dockerfile's lines are played as they stand in an empty
// folder, by an ordinary user, and what they make is tried: the commands, HEALTHCHECK, CMD and its end by SIGTERM.
// Not played: the base image (this computer's Node and Linux serve), VOLUME, the image's own user.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, place, playDockerfile, player, run } from './dockerfile.mjs';

const startMs = 120_000;
const sample = 'fixtures/personas/complete-in-one-mail/1.eml';

process.chdir(join(import.meta.dirname, '..'));
process.umask(0o022);
const obstacle = findObstacle();
if (obstacle) {
  console.log(`the Dockerfile was not played: ${obstacle}`);
} else {
  const scratch = mkdtempSync(join(tmpdir(), 'shouli-docker-'));
  spawnSync('chown', [`${player.uid}:${player.gid}`, scratch]);
  try {
    await tryOut(playDockerfile(scratch, environment(scratch)));
    console.log(`the Dockerfile was played with Node ${process.version}, without Docker`);
  } finally {
    spawnSync('chmod', ['-R', 'u+w', scratch]);
    rmSync(scratch, { recursive: true, force: true });
  }
}

function findObstacle() {
  if (spawnSync(process.execPath, ['--version'], player).status !== 0)
    return `an ordinary user cannot run ${process.execPath}`;
  const { status, stderr } = spawnSync('git', ['ls-files', '--error-unmatch', 'Dockerfile'], { encoding: 'utf8' });
  return status === 0 ? null : `git does not tell which files are the project's: ${stderr}`;
}

/** Nothing of ours but what leads to npm's registry. */
function environment(home) {
  const kept = Object.entries(process.env).filter(([name]) =>
    /^(npm_config_registry|https?_proxy|no_proxy|node_extra_ca_certs)$/i.test(name),
  );
  const path = `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`;
  return { ...Object.fromEntries(kept), PATH: path, HOME: home, LANG: 'C.UTF-8' };
}

async function tryOut(image) {
  run(image, ['node', 'bin/shouli.mjs', '--help']);
  run(image, ['npx', '--offline', 'shouli', '--help']);
  const { applications } = JSON.parse(run(image, ['node', 'bin/shouli.mjs', 'check', sample, '--json']));
  if (applications.length !== 1 || !applications[0].complete) fail(`check makes something else of ${sample}`);
  const office = { ...image, env: { ...image.env, ...mailbox(image) } };
  run(office, office.health, { status: 1 });
  await liveAndDie(office);
  run(office, office.health, { status: 1 });
}

/** A folder of mail stands for the mailbox: no net. */
function mailbox(image) {
  const folder = join(image.root, 'mail');
  mkdirSync(folder);
  cpSync(sample, join(folder, '1.eml'));
  return { IMAP_URL: `file:${folder}`, SMTP_URL: `file:${place(image, '/data/outbox')}` };
}

async function liveAndDie(office) {
  const [program, ...words] = office.command;
  const child = spawn(program, words, {
    ...player,
    cwd: place(office, '.'),
    env: office.env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(child, 'exit');
  try {
    await untilHealthy(office, child);
  } finally {
    child.kill('SIGTERM');
  }
  const [code, signal] = await ended;
  if (code !== 0) fail(`told to stop by SIGTERM it ended with ${code ?? signal}`);
}

async function untilHealthy(office, child) {
  const [program, ...words] = office.health;
  for (let waitedMs = 0; waitedMs < startMs && child.exitCode === null; waitedMs += 1_000) {
    const { status, stdout } = spawnSync(program, words, {
      ...player,
      cwd: place(office, '.'),
      env: office.env,
      encoding: 'utf8',
    });
    if (status === 0) return console.log(`  ${stdout.trim()}`);
    await sleep(1_000);
  }
  fail('the office did not become healthy');
}
