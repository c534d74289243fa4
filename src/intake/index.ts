import type { CheckedApplication, Share } from '../application/application.ts';
import { assemble, type Unplaced } from '../application/assemble.ts';
import { peersOf } from '../application/peers.ts';
import { settle } from '../application/settle.ts';
import { check } from '../checks/index.ts';
import type { ReadFile } from '../documents/document.ts';
import { type Author, identify } from '../message/identify.ts';
import { lettersNamed } from '../message/letters-named.ts';
import type { WrittenMail } from '../message/mail.ts';
import { openAttachments } from '../message/open.ts';
import { parseMail } from '../message/parse.ts';
import type { Notice } from '../notice/notice.ts';
import { classify } from './classify.ts';
import { areColoursAsked } from './classify-picture.ts';
import { type Fate, fateOf } from './fate.ts';
import { type LetterDue, lettersDue } from './letters-due.ts';
import { sharesOf } from './shares.ts';
import type { SortedFile } from './sorted-file.ts';
import { heard, sourceOf } from './source.ts';

/** A mail as kept: where it lies, what it is, when the server took it, who of the staff brought it; `raw` only while it is taken apart. */
export type KeptMessage = { file: string; sha256: string; receivedAt: Date; broughtBy?: string };
export type RawMessage = KeptMessage & { raw: Buffer };

/** What the road needs from outside: the round, our own addresses, and a reader of strangers' files. */
export type Services = { notice: Notice; ownAddresses: string[]; read: ReadFile };

/** One mail taken apart and understood; no bytes are kept. */
export type TakenIn = {
  message: KeptMessage;
  mail: WrittenMail;
  author: Author;
  files: SortedFile[];
  shares: Share[];
  fate: Fate;
  /** Letters of ours that came back with it. */
  bounced: string[];
};

/** THE ROAD of one mail: parse → identify → unpack and read → classify → share out among the nominees. */
export async function takeIn(message: RawMessage, { notice, ownAddresses, read }: Services): Promise<TakenIn> {
  const words = notice.words.mail;
  const parsed = parseMail(message.raw, words);
  const author = message.broughtBy ? { kind: 'person' as const } : identify(parsed, ownAddresses, words); // from our own address
  const { attachments, ...mail } = parsed;
  const glance: ReadFile = (file) => read({ ...file, sizeOnly: !areColoursAsked(file.name, notice) });
  const opened = await openAttachments(attachments, glance, words, [mail.text, mail.subject, mail.forwarded]);
  const files = classify(opened, notice);
  const shares = sharesOf(heard(mail, opened), files, sourceOf(message, mail), notice);
  const fate = fateOf(mail, author, files, shares, message.receivedAt, notice);
  const { raw, ...kept } = message;
  const bounced = author.kind === 'bounce' ? lettersNamed(raw) : [];
  return { message: kept, mail, author, files, shares, fate, bounced };
}

/** What a set of mails makes together: applications looked at, letters that would go, shares a person must place. */
export type Outcome = { applications: CheckedApplication[]; letters: LetterDue[]; unplaced: Unplaced[] };

/** What the rest of the road wants of a mail. */
export type Concluded = Pick<TakenIn, 'message' | 'fate' | 'shares'>;

/** The rest of the road, over everything known of the round: assemble → settle → check → letters due. */
export function conclude(mails: readonly Concluded[], notice: Notice, now: Date): Outcome {
  const inOrder = mails
    .filter(({ fate }) => fate.disposition === 'application')
    .sort((a, b) => a.message.receivedAt.getTime() - b.message.receivedAt.getTime());
  const { applications, unplaced } = assemble(
    inOrder.flatMap(({ shares }) => shares),
    notice,
  );
  const settled = applications.map((application) => settle(application, notice));
  const checked = settled.map((application) => check(application, { notice, peers: peersOf(application, settled) }));
  return { applications: checked, letters: lettersDue(checked, notice, now), unplaced };
}
