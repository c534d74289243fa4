import { withLibreOffice } from '../../documents/libreoffice/with-libreoffice.ts';
import { dieWithParent } from '../../documents/pool/orphan.ts';
import { openReader } from '../../documents/reader.ts';
import { takeIn } from '../../intake/index.ts';
import { understandingOf } from '../../intake/understood.ts';
import { silentLog } from '../../log.ts';
import { readRaw } from '../../mailbox/raw-store.ts';
import { loadNotice } from '../../notice/load.ts';
import { type Failed, failed, type KeptMail, type Packed, packed } from './packed.ts';

/** What the process of one large mail is asked. `path`: its raw file; `converted`: where outcomes of LibreOffice are kept. */
export type Question = {
  message: KeptMail;
  round: { configDir: string; notice: string; ownAddresses: string[]; converted: string | null };
};
export type Answer = Packed | Failed;

const { during } = dieWithParent();
process.once('message', (question: Question) =>
  during(async () => {
    process.send?.(await answer(question).catch(failed));
  }),
);

/** One file at a time: the mail itself is in memory already. */
async function answer({ message: { path, ...message }, round }: Question): Promise<Answer> {
  const notice = loadNotice(round.configDir, round.notice);
  const reader = withLibreOffice(openReader({ children: 1 }), { log: silentLog, folder: round.converted });
  try {
    const raw = await readRaw(path, message.sha256);
    const services = { notice, ownAddresses: round.ownAddresses, read: reader.read };
    return packed(understandingOf(await takeIn({ ...message, raw }, services)));
  } finally {
    await reader.close();
  }
}
