import { takeIn } from '../intake/index.ts';
import { type Understanding, understandingOf } from '../intake/understood.ts';
import type { WaitingMessage } from '../store/messages.ts';
import { ownAddresses } from './books.ts';
import type { Office } from './office.ts';

/** A mail is held in memory two or three times over while it is taken apart; most of them are smaller than this. */
const largeBytes = 8 << 20;

/** What reading a kept mail needs of the office. */
export type Readers = Pick<Office, 'rawStore' | 'notice' | 'settings' | 'reader' | 'largeMails'>;

/**
 * Takes a kept mail apart: here, or in a process of its own when it is so large that this one would stay swollen.
 *
 * @throws Failure when the raw file cannot be read, or no reader can be started
 */
export async function readMail(readers: Readers, message: WaitingMessage): Promise<Understanding> {
  const { id, sha256, bytes, receivedAt, broughtBy } = message;
  const kept = { file: String(id), sha256, receivedAt, ...(broughtBy === null ? {} : { broughtBy }) };
  if (bytes > largeBytes)
    return readers.largeMails.takeIn({ ...kept, path: readers.rawStore.path(sha256) }, readers.notice);
  const raw = await readers.rawStore.read(sha256);
  const services = { notice: readers.notice, ownAddresses: ownAddresses(readers), read: readers.reader.read };
  return understandingOf(await takeIn({ ...kept, raw }, services));
}
