import type { CheckedApplication, Share } from '../application/application.ts';
import { officeIso } from '../clock.ts';
import type { Outcome } from '../intake/index.ts';
import type { Looked, SeenMail } from './look.ts';
import { placeOf } from './unplaced.ts';

/** The object that `check --json` prints: part of the public face, only ever added to. */
export function checkJson({ mails, outcome }: Looked) {
  return {
    messages: mails.map((mail) => messageJson(mail, outcome)),
    applications: outcome.applications.map(applicationJson),
    letters: outcome.letters.map(({ letter: { kind, to, subject, text }, choice: { held } }) => ({
      kind,
      to,
      subject,
      text,
      held,
    })),
  };
}

function messageJson({ message, mail, files, shares, fate }: SeenMail, outcome: Outcome) {
  return {
    file: message.file,
    messageId: mail.messageId,
    subject: mail.subject,
    from: mail.from?.address ?? null,
    fromName: mail.from?.name ?? null,
    sentAt: mail.sentAt ? officeIso(mail.sentAt) : null,
    receivedAt: officeIso(message.receivedAt),
    receivedFrom: message.receivedFrom,
    sha256: message.sha256,
    ...placeOf(message.file, fate, outcome),
    troubles: mail.troubles,
    attachments: files.map(({ file, answers, note }) => ({
      path: file.path,
      bytes: file.bytes,
      sha256: file.sha256,
      type: file.type,
      requirement: answers[0]?.requirement ?? null,
      nominee: nomineeOf(file.path, shares),
      note,
    })),
    links: mail.links.map(({ provider, name, bytes, expiresAt }) => ({ provider, name, bytes, expiresAt })),
  };
}

/** Whose share a file went into; null for what is aside, or open to several. */
function nomineeOf(path: string, shares: readonly Share[]): string | null {
  const owners = shares.filter(({ materials, open }) => [...materials, ...open].some(({ file }) => file === path));
  return owners.length === 1 ? (owners[0]?.nominee ?? null) : null;
}

/** One application as `check` and later `applications` print it. */
export function applicationJson({
  union,
  nominee,
  timeliness,
  firstReceivedAt,
  requirements,
  complete,
  findings,
}: CheckedApplication) {
  return {
    union: union?.name ?? null,
    unionKnown: union?.known ?? false,
    nominee,
    timeliness,
    firstReceivedAt: officeIso(firstReceivedAt),
    requirements,
    complete,
    findings,
  };
}
