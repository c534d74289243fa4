import { takeIn } from '../intake/index.ts';
import { type Understanding, understandingOf } from '../intake/understood.ts';
import type { WaitingMessage } from '../store/messages.ts';
import { ownAddresses } from './books.ts';
import type { Office } from './office.ts';

/** A mail is held in memory two or three times over while it is taken apart; most of them are smaller than this. */
const largeBytes = 8 << 20;

/** Takes a kept mail apart: here, or in a process of its own when it is so large that this one would stay swollen. */
export async function takeMailIn(office: Office, message: WaitingMessage): Promise<Understanding> {
  const { id, sha256, bytes, receivedAt } = message;
  const kept = { file: String(id), sha256, receivedAt };
  if (bytes > largeBytes)
    return office.largeMails.takeIn({ ...kept, path: office.rawStore.path(sha256) }, office.notice);
  const raw = await office.rawStore.read(sha256);
  const services = { notice: office.notice, ownAddresses: ownAddresses(office), read: office.reader.read };
  return understandingOf(await takeIn({ ...kept, raw }, services));
}
