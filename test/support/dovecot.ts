import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A real IMAP server of our own: one mailbox `clerk`, private folder, loopback port. */
export type Dovecot = {
  url: string;
  port: number;
  /** Puts a mail into a folder (`INBOX`, or the path as a person sees it) as if it had arrived then. */
  deliver: (raw: string | Buffer, arrived?: Date, folder?: string) => string;
  /** Takes a mail away again, by the name `deliver` gave. */
  remove: (name: string) => void;
  /** Takes all mails of all folders away. */
  empty: () => void;
  /** The flags of each mail in INBOX, as Maildir notes them: `S` is seen. */
  flags: () => string[];
  /** The server forgets its numbering, as after a mailbox was rebuilt: new UIDVALIDITY. */
  renumber: () => Promise<void>;
  stop: () => Promise<void>;
};

const binary = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'].find((path) => existsSync(path));

export const hasDovecot = binary !== undefined;
if (!hasDovecot) console.log('Dovecot is not installed (apt-get install dovecot-imapd): tests against it are left out');

/** Maildir folders in IMAP's modified UTF-7, as a server keeps them. */
const utf7 = (path: string) =>
  path.replace(/[^\x20-\x7e]+/g, (text) => {
    const big = Buffer.from(text, 'utf16le').swap16();
    return `&${big.toString('base64').replace(/=+$/, '').replaceAll('/', ',')}-`;
  });

export async function startDovecot(folders: string[] = ['垃圾邮件']): Promise<Dovecot> {
  const root = mkdtempSync(join(tmpdir(), 'dovecot-'));
  const port = await freePort();
  const owner = process.getuid?.() === 0 ? ids('mail') : ids(userInfo().username);
  const maildir = join(root, 'mail');
  for (const folder of ['', ...folders.map((path) => `.${utf7(path)}`), '.Sent'])
    for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(maildir, folder, part), { recursive: true });
  own(maildir, owner);
  chmodSync(root, 0o755);
  writeFileSync(join(root, 'users'), 'clerk:{PLAIN}code\n', { mode: 0o644 });
  writeFileSync(join(root, 'dovecot.conf'), configuration(root, port, owner));
  let child = await run(root, port);
  const deliver = (raw: string | Buffer, arrived = new Date('2018-07-10T02:00:00Z'), folder = 'INBOX') => {
    const home = join(maildir, folder === 'INBOX' ? '' : `.${utf7(folder)}`);
    const name = `${arrived.getTime()}.${randomUUID()}.office`;
    writeFileSync(join(home, 'tmp', name), raw);
    utimesSync(join(home, 'tmp', name), arrived, arrived);
    if (process.getuid?.() === 0) chownSync(join(home, 'tmp', name), owner.uid, owner.gid);
    renameSync(join(home, 'tmp', name), join(home, 'new', name));
    return name;
  };
  return {
    url: `imap://clerk:code@127.0.0.1:${port}`,
    port,
    deliver,
    remove: (name) => {
      for (const part of ['new', 'cur'])
        for (const file of readdirSync(join(maildir, part)))
          if (file.startsWith(name)) rmSync(join(maildir, part, file));
    },
    empty: () => {
      for (const file of readdirSync(maildir, { recursive: true, encoding: 'utf8' }))
        if (file.endsWith('.office') || file.includes('.office:')) rmSync(join(maildir, file));
    },
    flags: () =>
      ['new', 'cur'].flatMap((part) => readdirSync(join(maildir, part)).map((file) => file.split(':2,')[1] ?? '')),
    renumber: async () => {
      await halt(child);
      for (const file of readdirSync(maildir))
        if (/^dovecot(-uidlist|\.index|\.list)/.test(file)) rmSync(join(maildir, file)); // not dovecot-uidvalidity, its memory
      child = await run(root, port);
    },
    stop: async () => {
      await halt(child);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

type Owner = { name: string; group: string; uid: number; gid: number };

function ids(name: string): Owner {
  const id = (...options: string[]) => execFileSync('id', [...options, name], { encoding: 'utf8' }).trim();
  return { name, group: id('-gn'), uid: Number(id('-u')), gid: Number(id('-g')) };
}

function own(folder: string, { uid, gid }: Owner): void {
  if (process.getuid?.() !== 0) return;
  chownSync(folder, uid, gid);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    chownSync(join(folder, name), uid, gid);
}

function configuration(root: string, port: number, owner: Owner): string {
  const isRoot = process.getuid?.() === 0;
  return `
base_dir = ${root}/run
state_dir = ${root}/run
log_path = ${root}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${root}/mail
mail_uid = ${owner.uid}
mail_gid = ${owner.gid}
first_valid_uid = ${owner.uid}
mail_access_groups = ${owner.group}
${isRoot ? '' : `default_internal_user = ${owner.name}\ndefault_internal_group = ${owner.group}\ndefault_login_user = ${owner.name}`}
namespace inbox {
  inbox = yes
}
passdb {
  driver = passwd-file
  args = ${root}/users
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${root}/mail
}
service imap-login {
  ${isRoot ? '' : 'chroot ='}
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  ${isRoot ? '' : 'chroot ='}
}
service stats {
  ${isRoot ? '' : 'chroot ='}
}
`;
}

async function run(root: string, port: number): Promise<ChildProcess> {
  const child = spawn(binary ?? 'dovecot', ['-F', '-c', join(root, 'dovecot.conf')], {
    stdio: 'ignore',
    detached: true,
  });
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries > 200 || child.exitCode !== null) throw new Error(`Dovecot does not start: see ${root}/log`);
    await sleep(25);
  }
  return child;
}

async function halt(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-child.pid, 'SIGTERM'); // the whole group: a process that serves a client would outlive its master
  await over;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('data', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('data', () => socket.destroy());
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
