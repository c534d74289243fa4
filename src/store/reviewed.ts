import { sql } from 'kysely';
import type { Application, Share } from '../application/application.ts';
import type { Notice } from '../notice/notice.ts';
import type { DoneAct, FileRef, ShareRef } from '../review/acts.ts';
import { type AsRead, overlay } from '../review/overlay.ts';
import { shareRef } from '../review/placing.ts';
import type { LedgerFile } from '../review/reassign.ts';
import { listActsAround } from './acts.ts';
import type { Db } from './database.ts';
import type { Understood } from './records.ts';
import { unpackShare } from './share-content.ts';

/** An application with what its mails brought and what people did to it. */
export type Reviewed = {
  number: string;
  /** With files and names as people set them; null when it holds no share. */
  application: Application | null;
  read: AsRead;
  /** All acts on it, in order, those taken back as well. */
  acts: DoneAct[];
  /** Files of its mails that a person gave to another application. */
  givenElsewhere: FileRef[];
  /** Its mails in order of arrival. */
  mails: MailHeld[];
  /** What those mails brought for it, by share, and what may belong to it until a person has placed it. */
  shares: ShareHeld[];
};

/** A share of an application as acts name it; `message`: id of its mail in the ledger, as a share's source names it. */
export type ShareHeld = { ref: ShareRef; mail: string; message: number; isProposed: boolean };

/** `brought`: by whom of the staff. */
export type MailHeld = { mail: string; subject: string; from: string; receivedAt: Date; brought: string | null };

/** Reads an application as staff see it. */
export async function readReviewed(
  db: Db,
  { id, number }: { id: number; number: string },
  notice: Notice,
): Promise<Reviewed> {
  const rows = await shareRows(db, id);
  const own = rows.filter(({ application }) => application === id);
  const [first, ...rest] = own.map(({ content }) => unpackShare(content, notice));
  const proposed = rows.filter((row) => !own.includes(row)).map(({ content }) => unpackShare(content, notice));
  const mails = mailsOf(own, notice);
  const identitiesHeld = mails.map(({ mail }) => mail);
  const { own: acts, elsewhere } = await listActsAround(db, number, identitiesHeld);
  const givenElsewhere = [...acts, ...elsewhere].flatMap(({ deed, undoneBy }) => {
    const isGiven = deed.kind === 'reassign_material' && undoneBy === null && deed.number !== number;
    return isGiven && deed.to !== 'aside' && identitiesHeld.includes(deed.file.mail) ? [deed.file] : [];
  });
  const shares = rows.map(({ identity, position, message, application }): ShareHeld => {
    return { ref: shareRef(identity, position), mail: identity, message, isProposed: application !== id };
  });
  const around = { number, acts, givenElsewhere, mails, shares };
  if (!first) return { ...around, application: null, read: { union: null, nominee: null } };
  const identities = new Map(own.map(({ message, identity }) => [String(message), identity]));
  const doings = {
    acts,
    files: own.flatMap(filesOf),
    givenElsewhere,
    mailOf: (message: string) => identities.get(message) ?? '',
  };
  return { ...around, ...overlay([first, ...rest] as [Share, ...Share[]], proposed, doings, notice) };
}

type ShareRow = Awaited<ReturnType<typeof shareRows>>[number];

const shareRows = (db: Db, application: number) =>
  db
    .selectFrom('share')
    .innerJoin('message', 'message.id', 'share.message')
    .select(['application', 'share.message', 'position', 'content', 'share.received_at'])
    .select(['message.identity', 'message.subject', 'message.from_address', 'message.understood'])
    .where((where) =>
      where.or([
        where('application', '=', application),
        where('perhaps', '@>', sql<number[]>`array[${application}]::integer[]`),
      ]),
    )
    .orderBy('share.received_at')
    .orderBy('share.message')
    .orderBy('position')
    .execute();

function mailsOf(rows: readonly ShareRow[], notice: Notice): MailHeld[] {
  const mails = rows.map(({ identity, subject, from_address, received_at, content }): MailHeld => {
    const brought = unpackShare(content, notice).source.broughtBy ?? null;
    return { mail: identity, subject, from: from_address, receivedAt: received_at, brought };
  });
  return [...new Map(mails.map((each) => [each.mail, each])).values()];
}

function filesOf({ identity, understood }: ShareRow): LedgerFile[] {
  const { files = [] } = (understood ?? {}) as Partial<Understood>;
  return files.map(({ path, bytes, sha256, pieces = 1, picture = null }) => {
    return { mail: identity, path, bytes, sha256: sha256 ?? '', pieces, picture };
  });
}
