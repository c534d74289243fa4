import { convertedIn } from '../../documents/libreoffice/kept.ts';
import { withLibreOffice } from '../../documents/libreoffice/with-libreoffice.ts';
import { openReader, type Reader } from '../../documents/reader.ts';
import { takeIn } from '../../intake/index.ts';
import { type Understanding, understandingOf } from '../../intake/understood.ts';
import type { WaitingMessage } from '../../store/messages.ts';
import { type Books, ownAddresses } from '../books.ts';
import { openLargeMails, roundOf } from './large-mails.ts';
import type { KeptMail } from './packed.ts';
import { openWholeMails, type WholeMails } from './whole-mails.ts';

/** Understands kept mails. Three ways lead to the same end (docs/decisions/0024-a-mail-in-one-process.md). */
export type MailReader = {
  /** @throws Failure when the raw file cannot be read, or no process can be started */
  read: (message: WaitingMessage) => Promise<Understanding>;
  /** Starts the process that most mails need, so that the first of the day waits no longer than others. */
  warm: () => Promise<void>;
  close: () => Promise<void>;
};

/** A mail is held in memory two or three times over while it is taken apart; most of them are smaller than this. */
const largeBytes = 8 << 20;

/** What reading needs of the books. */
type Reading = Pick<Books, 'settings' | 'notice' | 'rawStore' | 'log'>;

/** @param given readers to use instead of own ones, which then stay open when this one closes: tests share theirs */
export function openMailReader(books: Reading, given?: { files: Reader; whole: WholeMails }): MailReader {
  const { settings, notice, rawStore, log } = books;
  const readers = given ?? {
    files: withLibreOffice(openReader(), { log, folder: convertedIn(settings.dataDir) }),
    whole: openWholeMails(notice),
  };
  const large = openLargeMails(roundOf(books));
  const ours = ownAddresses(books);

  /** Here, and each file in a process of its own kind: one that is hostile costs the others nothing. */
  async function filewise({ path: _, ...message }: KeptMail): Promise<Understanding> {
    const raw = await rawStore.read(message.sha256);
    return understandingOf(await takeIn({ ...message, raw }, { notice, ownAddresses: ours, read: readers.files.read }));
  }

  return {
    async read({ id, sha256, bytes, receivedAt, broughtBy }) {
      const path = rawStore.path(sha256);
      const kept = { file: String(id), sha256, receivedAt, path, ...(broughtBy === null ? {} : { broughtBy }) };
      if (bytes > largeBytes) return large.takeIn(kept, notice);
      const taken = await readers.whole.takeIn(kept, ours);
      if (!('piecemeal' in taken)) return taken;
      log.info({ message: id, why: taken.piecemeal }, 'taken apart file by file');
      return filewise(kept);
    },
    warm: readers.whole.warm,
    async close() {
      large.close();
      if (!given) await Promise.all([readers.whole.close(), readers.files.close()]);
    },
  };
}
