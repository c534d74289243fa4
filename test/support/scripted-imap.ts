import { createServer, type Socket } from 'node:net';

/** A mail on the scripted server. */
export type ServedMail = {
  uid: number;
  raw: Buffer;
  at: Date | null;
  /** RFC822.SIZE, where it is to differ from the truth. */
  announced?: number;
  /** Listed by SEARCH, but: `gone` from every FETCH, `refused` with a NO for the whole command. */
  fault?: 'gone' | 'refused';
};

export type ServedFolder = { uidValidity: number; mails: ServedMail[] };

/** How the server behaves; may be changed while it runs. */
export type Behaviour = {
  capabilities: string;
  /** Answers EXAMINE with "Unsafe Login" until this many IDs came after the login. */
  idsWanted: number;
  /** What LOGIN is answered with. */
  login: string;
  hasUidNext: boolean;
  /** Cuts the connection after so many bytes of mail. */
  cutAfter: number;
  /** Answers every piece of a mail with all of it. */
  ignoresPieces: boolean;
  /** Hands out at most so many bytes a piece. */
  maxPiece: number;
  /** A clerk sets flags in the middle of everything. */
  chatters: boolean;
};

/** A tiny IMAP server that says what the test tells it to, and remembers what it was asked. */
export type ScriptedImap = {
  url: string;
  port: number;
  behaviour: Behaviour;
  folders: Map<string, ServedFolder>;
  /** Every command, without its tag. */
  commands: string[];
  arrive: (raw: Buffer | string, at?: Date) => ServedMail;
  cutAll: () => void;
  stop: () => Promise<void>;
};

export async function startScriptedImap(behaviour: Partial<Behaviour> = {}): Promise<ScriptedImap> {
  const sockets = new Set<Socket>();
  const idle = new Set<Socket>();
  const inbox: ServedFolder = { uidValidity: 1, mails: [] };
  const served: Omit<ScriptedImap, 'url' | 'port' | 'stop'> = {
    behaviour: {
      capabilities: 'IMAP4rev1 ID UIDPLUS',
      idsWanted: 0,
      login: 'OK LOGIN completed',
      hasUidNext: false,
      cutAfter: Number.POSITIVE_INFINITY,
      ignoresPieces: false,
      maxPiece: Number.POSITIVE_INFINITY,
      chatters: false,
      ...behaviour,
    },
    folders: new Map([['INBOX', inbox]]),
    commands: [],
    arrive: (raw, at = new Date('2018-07-10T02:00:00Z')) => {
      const mail = { uid: (inbox.mails.at(-1)?.uid ?? 1_390_000_000) + 7, raw: Buffer.from(raw), at };
      inbox.mails.push(mail);
      for (const socket of idle) socket.write(`* ${inbox.mails.length} EXISTS\r\n`);
      return mail;
    },
    cutAll: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
  const server = createServer((socket) => {
    socket.setNoDelay(); // a server's short lines would else wait 40 ms for each other
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket) && idle.delete(socket));
    socket.on('error', () => undefined);
    converse(socket, served, idle);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  return {
    ...served,
    port,
    url: `imap://clerk%40126.com:code@127.0.0.1:${port}`,
    stop: async () => {
      served.cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Served = Omit<ScriptedImap, 'url' | 'port' | 'stop'>;
type Talk = { served: Served; say: (text: string | Buffer) => void; ids: number; open: ServedFolder | null };

function converse(socket: Socket, served: Served, idle: Set<Socket>): void {
  let given = 0;
  const talk: Talk = {
    served,
    ids: 0,
    open: null,
    say: (text) => {
      if (socket.destroyed) return;
      const left = served.behaviour.cutAfter - given;
      if (Buffer.isBuffer(text)) given += text.length;
      const isCut = Buffer.isBuffer(text) && text.length > left;
      if (isCut) socket.write(text.subarray(0, Math.max(0, left)), () => socket.destroy());
      else socket.write(text);
    },
  };
  let rest = '';
  let idleTag = '';
  socket.write('* OK Coremail System IMap Server Ready(scripted)\r\n');
  socket.on('data', (data) => {
    const lines = (rest + data.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === 'DONE') {
        idle.delete(socket);
        socket.write(`${idleTag} OK IDLE completed\r\n`);
        continue;
      }
      const [tag = '', ...words] = line.split(' ');
      served.commands.push(words.join(' '));
      if (words[0] === 'IDLE') {
        idleTag = tag;
        idle.add(socket);
        socket.write('+ idling\r\n');
      } else answer(talk, tag, words.join(' '));
      if (words[0] === 'LOGOUT') socket.end();
    }
  });
}

function answer(talk: Talk, tag: string, command: string): void {
  talk.say(`${tag} ${result(talk, command)}\r\n`);
}

/** Tells what the command asks for. @returns how it ended */
function result(talk: Talk, command: string): string {
  const { served, say } = talk;
  const { behaviour } = served;
  switch (/^(?:UID )?\w+/.exec(command)?.[0]) {
    case 'CAPABILITY':
      say(`* CAPABILITY ${behaviour.capabilities}\r\n`);
      return 'OK completed';
    case 'LOGIN':
      return behaviour.login;
    case 'ID':
      talk.ids += 1;
      say('* ID ("name" "Coremail Imap" "vendor" "Mailtech" "TransID" "1")\r\n');
      return 'OK completed';
    case 'LIST':
      if (command.endsWith('""'))
        say('* LIST (\\Noselect) "/" ""\r\n'); // asks for the separator
      else for (const path of served.folders.keys()) say(`* LIST () "/" "${path}"\r\n`);
      return 'OK completed';
    case 'EXAMINE':
      return examine(talk, command);
    case 'UID SEARCH':
      say(`* SEARCH ${searched(talk, command).join(' ')}\r\n`);
      return 'OK completed';
    case 'FETCH':
    case 'UID FETCH':
      return fetch(talk, command);
    default:
      return 'OK completed';
  }
}

function examine(talk: Talk, command: string): string {
  const path = command.replace(/^EXAMINE "?|"?$/g, '');
  const folder = talk.served.folders.get(path);
  const { idsWanted, hasUidNext } = talk.served.behaviour;
  if (talk.ids < idsWanted) return 'NO EXAMINE Unsafe Login. Please contact kefu@188.com for help';
  if (!folder) return 'NO Mailbox does not exist';
  talk.open = folder;
  talk.say(`* ${folder.mails.length} EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY ${folder.uidValidity}] UIDs valid\r\n`);
  if (hasUidNext) talk.say(`* OK [UIDNEXT ${(folder.mails.at(-1)?.uid ?? 0) + 1}] next\r\n`);
  return 'OK [READ-ONLY] EXAMINE completed';
}

function fetch(talk: Talk, command: string): string {
  const mails = fetchedMails(talk, command);
  if (mails.some(({ fault }) => fault === 'refused')) return 'NO [SERVERBUG] cannot read';
  for (const mail of mails) if (mail.fault !== 'gone') tell(talk, mail, command);
  return 'OK completed';
}

/** `n:*` names the newest mail even when it lies below n. */
function within(set: string, mails: ServedMail[], key: (mail: ServedMail) => number): ServedMail[] {
  const newest = key(mails.at(-1) ?? { uid: 0, raw: Buffer.alloc(0), at: null });
  const ranges = set.split(',').map((part) => part.split(':').map((end) => (end === '*' ? newest : Number(end))));
  return mails.filter((mail) =>
    ranges.some(([from = 0, to = from]) => Math.min(from, to) <= key(mail) && key(mail) <= Math.max(from, to)),
  );
}

function searched({ open }: Talk, command: string): number[] {
  const mails = open?.mails ?? [];
  const set = /UID ([\d:*,]+)/.exec(command.replace('UID SEARCH', ''))?.[1];
  return (set ? within(set, mails, ({ uid }) => uid) : mails).map(({ uid }) => uid);
}

function fetchedMails({ open }: Talk, command: string): ServedMail[] {
  const mails = open?.mails ?? [];
  const set = /FETCH ([\d:*,]+)/.exec(command)?.[1] ?? '';
  return within(set, mails, (mail) => (command.startsWith('UID') ? mail.uid : mails.indexOf(mail) + 1));
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const imapDate = (at: Date) =>
  `${String(at.getUTCDate()).padStart(2, '0')}-${months[at.getUTCMonth()]}-${at.toISOString().slice(0, 4)} ${at.toISOString().slice(11, 19)} +0000`;

function tell(talk: Talk, mail: ServedMail, command: string): void {
  const { say, open, served } = talk;
  if (served.behaviour.chatters) say('* 1 FETCH (FLAGS (\\Seen))\r\n');
  say(`* ${(open?.mails.indexOf(mail) ?? 0) + 1} FETCH (UID ${mail.uid}`);
  if (command.includes('RFC822.SIZE')) say(` RFC822.SIZE ${mail.announced ?? mail.raw.length}`);
  if (command.includes('INTERNALDATE') && mail.at) say(` INTERNALDATE "${imapDate(mail.at)}"`);
  if (command.includes('HEADER.FIELDS')) literal(talk, ' BODY[HEADER.FIELDS (FROM SUBJECT)]', headerOf(mail.raw));
  const piece = /BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?/.exec(command);
  if (piece) literal(talk, piece[1] ? ` BODY[]<${piece[1]}>` : ' BODY[]', pieceOf(talk, mail.raw, piece));
  say(')\r\n');
}

const headerOf = (raw: Buffer) => raw.subarray(0, raw.indexOf('\r\n\r\n') + 4);

function pieceOf({ served }: Talk, raw: Buffer, [, start, length]: RegExpExecArray): Buffer {
  if (start === undefined || served.behaviour.ignoresPieces) return raw;
  const bytes = Math.min(Number(length), served.behaviour.maxPiece);
  return raw.subarray(Number(start), Number(start) + bytes);
}

function literal({ say }: Talk, name: string, bytes: Buffer): void {
  say(`${name} {${bytes.length}}\r\n`);
  say(bytes);
}
