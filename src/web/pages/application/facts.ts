import { type Application, openQuestionsOf } from '../../../application/application.ts';
import type { Source } from '../../../application/material.ts';
import { Failure } from '../../../errors.ts';
import { history as historyOf } from '../../../office/history.ts';
import { type LooseFile, looseFiles } from '../../../reports/loose-files.ts';
import type { HistoryEntry } from '../../../review/acts.ts';
import { listApplications } from '../../../store/application-list.ts';
import { neighboursInTable } from '../../../store/desk/application-rows.ts';
import { filesTaken } from '../../../store/desk/message-rows.ts';
import { listLetters } from '../../../store/letter-list.ts';
import { listMessages, messagesOf } from '../../../store/message-list.ts';
import type { ApplicationRecord, LetterRecord, MessageRecord } from '../../../store/records.ts';
import { readReviewed } from '../../../store/reviewed.ts';
import type { Desk } from '../../desk.ts';
import type { Ask, Visitor } from '../../route.ts';
import { asked, wantedOf } from '../applications.ts';
import { type Chosen, chosenEvidence, type Piece } from './evidence-ref.ts';

/** All that the page of one application shows. */
export type ApplicationFacts = {
  record: ApplicationRecord;
  application: Application | null;
  pieces: Piece[];
  /** Files of its mails that answer nothing yet. */
  loose: LooseFile[];
  messages: MessageRecord[];
  letters: LetterRecord[];
  history: HistoryEntry[];
  neighbours: { before: string | null; after: string | null };
  chosen: Chosen | null;
  /** What the table was asked for when the reviewer came from it: kept on the way from one to the next. */
  keep: Record<string, string>;
  /** The one that was decided just now, before this one came up. */
  done: string | null;
  /** What was done just now to this one. */
  did: HistoryEntry | null;
  visitor: Visitor;
};

/** @throws Failure (permanent) when there is no such number */
export async function factsOf(desk: Desk, { params, query, visitor }: Ask): Promise<ApplicationFacts> {
  const { db, notice } = desk.books;
  const number = params.number ?? '';
  const [record] = await listApplications(db, number);
  if (!record) throw new Failure('permanent', `没有编号为 ${number} 的申报件`);
  const wanted = asked(query);
  const [reviewed, messages, letters, history, neighbours] = await Promise.all([
    readReviewed(db, record, notice),
    messagesOf(db, record.id).then((ids) => listMessages(db, ids)),
    listLetters(db, { number }),
    historyOf(desk.books, number),
    neighboursInTable(db, number, wantedOf(wanted)),
  ]);
  const { application } = reviewed;
  const taken = await filesTaken(db, [...new Set(reviewed.shares.map(({ message }) => message))]);
  const pieces = application ? piecesOf(application) : [];
  const keep = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value !== '' && name !== 'page'));
  const chosen = chosenEvidence(query, record, pieces);
  return {
    record,
    application,
    pieces,
    loose: looseFiles(reviewed, taken),
    messages,
    letters,
    history,
    neighbours,
    chosen,
    keep,
    done: query.done ?? null,
    did: (query.did && history.find(({ act }) => act === query.did)) || null,
    visitor,
  };
}

/** Every file once, newest mail first; a file that answers several requirements names them all. */
function piecesOf(application: Application): Piece[] {
  const pieces = new Map<string, Piece>();
  const add = (source: Source, file: string, sha256: string | null, more: Partial<Piece>, requirements: string[]) => {
    const key = `${source.message} ${file}`;
    const before = pieces.get(key);
    const all = [...new Set([...(before?.requirements ?? []), ...requirements])];
    const named = { message: Number(source.message), file, sha256, receivedAt: source.receivedAt };
    const empty = { bytes: null, part: null, open: null, material: null };
    pieces.set(key, { ...empty, ...named, ...before, ...more, requirements: all });
  };
  for (const { materials } of application.shares)
    for (const material of materials.filter(({ insideForm }) => insideForm === null)) {
      const { source, file, sha256, bytes, part, requirement } = material;
      add(source, file, sha256, { bytes, part, material }, [requirement]);
    }
  for (const { source, file, sha256, why, mightBe } of openQuestionsOf(application))
    add(source, file, sha256, { open: why }, mightBe);
  return [...pieces.values()].sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime());
}
