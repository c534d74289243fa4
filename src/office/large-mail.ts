import { withLibreOffice } from '../documents/libreoffice/with-libreoffice.ts';
import { dieWithParent } from '../documents/pool/orphan.ts';
import { openReader } from '../documents/reader.ts';
import { Failure } from '../errors.ts';
import { type KeptMessage, takeIn } from '../intake/index.ts';
import { type Understanding, understandingOf } from '../intake/understood.ts';
import { silentLog } from '../log.ts';
import { readRaw } from '../mailbox/raw-store.ts';
import { loadNotice } from '../notice/load.ts';
import { packShare } from '../store/share-content.ts';

/** What the process of one large mail is asked. `path`: its raw file; `converted`: where outcomes of LibreOffice are kept. */
export type Question = {
  message: KeptMessage & { path: string };
  round: { configDir: string; notice: string; ownAddresses: string[]; converted: string | null };
};
/** Its understanding, shares packed as the database holds them; or what went wrong. */
export type Answer =
  | (Omit<Understanding, 'shares'> & { shares: string[] })
  | { failed: { kind: Failure['kind']; forPerson: string; reason: string } };

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
    const { shares, ...rest } = understandingOf(await takeIn({ ...message, raw }, services));
    return { ...rest, shares: shares.map(packShare) };
  } finally {
    await reader.close();
  }
}

function failed(error: unknown): Answer {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return error instanceof Failure
    ? { failed: { kind: error.kind, forPerson: error.forPerson, reason } }
    : { failed: { kind: 'permanent', forPerson: '处理时出错，请联系管理员查看日志', reason } };
}
