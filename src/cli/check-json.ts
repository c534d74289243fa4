import { createHash } from 'node:crypto';
import type { CheckedApplication } from '../application/application.ts';
import { officeIso } from '../clock.ts';
import type { Outcome, TakenIn } from '../intake/index.ts';
import type { Looked, MessageFile } from './check.ts';
import { placeOf } from './unplaced.ts';

/** The object that `check --json` prints: part of the public face, only ever added to. */
export function checkJson({ messages, mails, outcome }: Looked) {
  return {
    messages: messages.map((message, index) => messageJson(message, mails[index], outcome)),
    applications: outcome.applications.map(applicationJson),
    letters: outcome.letters.map(({ letter, choice }) => ({
      kind: letter.kind,
      to: letter.to,
      subject: letter.subject,
      text: letter.text,
      held: choice.held,
    })),
  };
}

function messageJson(
  { file, raw, receivedAt, receivedFrom }: MessageFile,
  taken: TakenIn | undefined,
  outcome: Outcome,
) {
  if (!taken) throw new Error(`${file} was not taken in`);
  const { mail, shares } = taken;
  const { disposition, reasonCode, reason } = placeOf(file, taken.fate, outcome);
  return {
    file,
    messageId: mail.messageId,
    subject: mail.subject,
    from: mail.from?.address ?? null,
    fromName: mail.from?.name ?? null,
    sentAt: mail.sentAt ? officeIso(mail.sentAt) : null,
    receivedAt: officeIso(receivedAt),
    receivedFrom,
    sha256: createHash('sha256').update(raw).digest('hex'),
    disposition,
    reasonCode,
    reason,
    troubles: mail.troubles,
    attachments: taken.files.map((sorted) => ({
      path: sorted.file.path,
      bytes: sorted.file.bytes.length,
      sha256: sorted.file.sha256,
      type: sorted.file.reading.type,
      requirement: sorted.answers[0]?.requirement ?? null,
      nominee:
        shares.find(({ materials, open }) =>
          [...materials, ...open].some(({ file: path }) => path === sorted.file.path),
        )?.nominee ?? null,
      note: sorted.note,
    })),
    links: mail.links.map(({ provider, name, bytes, expiresAt }) => ({ provider, name, bytes, expiresAt })),
  };
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
