import { ImapFlow, type MailboxObject } from 'imapflow';
import type { ImapAddress } from './address.ts';
import { imapTrouble, isUnsafeLogin } from './trouble.ts';

/** What we tell a server that asks who we are (RFC 2971). NetEase opens no folder to a program that does not. */
const ourId = { name: 'shouli', version: '1.0', vendor: 'shouli', 'support-url': '' };

/**
 * Answers within this time, or the connection counts as broken: a router that forgot it would else hide the loss for
 * hours. imapflow asks a connection that waits in IDLE for a sign of life at the same pace.
 */
const silenceMs = 100_000;
/** RFC 2177 has clients renew IDLE before 29 minutes; NAT routers forget much earlier. */
const idleMs = 9 * 60_000;

/** How long connecting and the greeting may each take; a signal to break off by. */
export type ConnectLimits = { connectMs: number; signal: AbortSignal | null };
const usualLimits: ConnectLimits = { connectMs: 20_000, signal: null };

/**
 * Connects, says who we are and logs in. TLS by the address; no automatic IDLE (it would start only 15 s after the last
 * command), no compression, no extensions that change answers.
 *
 * @throws MailboxFailure
 */
export async function connect(
  address: ImapAddress,
  { connectMs, signal }: ConnectLimits = usualLimits,
): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: address.host,
    port: address.port,
    secure: address.secure,
    ...(address.secure ? {} : { doSTARTTLS: false }), // plain is for this machine only
    auth: { user: address.user, pass: address.code },
    clientInfo: ourId,
    logger: false,
    disableAutoIdle: true,
    disableAutoEnable: true,
    disableCompression: true,
    disableIMAP4rev2: true,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
    maxIdleTime: idleMs,
  });
  client.on('error', () => undefined); // the command under way, or the next one, tells of it
  signal?.addEventListener('abort', () => client.close(), { once: true });
  try {
    await client.connect();
    await sendId(client);
    return client;
  } catch (error) {
    client.close();
    throw imapTrouble(error, 'login');
  }
}

/** Runs a command imapflow has no public method for; `exec` is what its own commands call. */
type Raw = { exec: (command: string, attributes: unknown[]) => Promise<{ next: () => void }> };

/**
 * After the login and before the first folder, also where the server does not advertise ID: imapflow sends it only when
 * advertised, and NetEase answers folders with "Unsafe Login" to whoever did not.
 */
async function sendId(client: ImapFlow): Promise<void> {
  const pairs = Object.entries(ourId).flatMap(([key, value]) => (value ? [key, value] : []));
  try {
    const answer = await (client as unknown as Raw).exec('ID', [pairs.map((value) => ({ type: 'STRING', value }))]);
    answer.next();
  } catch (error) {
    // A server without the command says BAD and goes on; a broken line is told by the next command.
    if (!client.usable) throw error;
  }
}

/**
 * Opens a folder for reading only (EXAMINE: nothing can be marked). Says who we are once more when NetEase calls the
 * login unsafe.
 *
 * @throws MailboxFailure
 */
export async function examine(client: ImapFlow, folder: string): Promise<MailboxObject> {
  const open = () => client.mailboxOpen(folder, { readOnly: true });
  try {
    return await open().catch(async (error: unknown) => {
      if (!isUnsafeLogin(error)) throw error;
      await sendId(client);
      return open();
    });
  } catch (error) {
    throw imapTrouble(error);
  }
}

/**
 * The folder as it stands open, so that news told by IDLE, and rounds that find nothing, cost no second EXAMINE (60 ms of
 * a server's time with 100,000 mails); else opens it. Its UIDNEXT is of then, so none is told.
 *
 * @throws MailboxFailure
 */
export async function stayIn(client: ImapFlow, folder: string): Promise<MailboxObject> {
  const { mailbox } = client;
  return mailbox && mailbox.path === folder ? { ...mailbox, uidNext: 0 } : examine(client, folder);
}

/**
 * How a folder stands without opening it (STATUS), which would close the one that is open.
 *
 * @returns null where the server does not say: NetEase answers STATUS with nothing in it
 * @throws MailboxFailure
 */
export async function standing(
  client: ImapFlow,
  folder: string,
): Promise<{ uidValidity: string; uidNext: number } | null> {
  const told = await client.status(folder, { uidNext: true, uidValidity: true }).catch((error: unknown) => {
    throw imapTrouble(error);
  });
  const { uidNext = 0, uidValidity = 0n } = told || {};
  return uidNext > 0 && uidValidity > 0 ? { uidValidity: String(uidValidity), uidNext } : null;
}
