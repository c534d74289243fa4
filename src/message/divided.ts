import { type Divided, dividedArchives } from '../documents/archive/parts.ts';
import type { ReadFile, Reading } from '../documents/document.ts';

type File = { path: string; bytes: Buffer; passwords: readonly string[] };

/** A divided archive whose parts lie beside each other, as far as they are there. */
type Group = Divided & { parts: number[] };

/**
 * Reads files that lie beside each other. The parts of a divided archive are read together where all are there: its
 * files come with the first part, the others say where theirs are. Where one is missing each says which.
 *
 * @returns a reader by index; each file, and each divided archive, is read once
 */
export function readerOf(files: readonly File[], read: ReadFile): (index: number) => Promise<Reading> {
  const groups = groupsOf(files);
  const wholes = new Map<Group, Promise<Reading>>();
  const whole = (group: Group, first: number) => {
    const found = wholes.get(group) ?? readTogether(files, first, group.others, read);
    wholes.set(group, found);
    return found;
  };
  return async (index) => {
    const group = groups.find(({ parts }) => parts.includes(index));
    if (!group) return readTogether(files, index, [], read);
    const { first, missing, parts } = group;
    if (parts.length > 1 && (first === null || missing.length > 0)) return wanting(unread, group, files);
    if (first === null || missing.length > 0) return wanting(await readTogether(files, index, [], read), group, files);
    const reading = await whole(group, first);
    if (index === first || isPart(reading)) return wanting(reading, group, files);
    return { kind: 'container', type: reading.type, entries: [], refused: [], partOf: files[first]?.path ?? '' };
  };
}

/** Two parts of one name are certain: a piece of what was not even packed would else be read as half a document. */
const unread: Reading = { kind: 'unreadable', type: 'unknown', reason: 'archive_part', detail: '分卷压缩包的一卷' };

const groupsOf = (files: readonly File[]): Group[] =>
  dividedArchives(files.map(({ path }) => path)).map((group) => ({
    ...group,
    parts: [...(group.first === null ? [] : [group.first]), ...group.others],
  }));

function readTogether(files: readonly File[], first: number, others: number[], read: ReadFile): Promise<Reading> {
  const { path = '', bytes = Buffer.alloc(0), passwords = [] } = files[first] ?? {};
  const volumes = others.map((index) => files[index]?.bytes ?? Buffer.alloc(0));
  return read({ name: path.split('/').at(-1) ?? path, bytes, passwords, ...(volumes.length > 0 ? { volumes } : {}) });
}

const isPart = (reading: Reading) => reading.kind === 'unreadable' && reading.reason === 'archive_part';

/** What bears the name of a part, alone, may yet be no archive at all: then it is what it was read as. */
function wanting(reading: Reading, { parts, missing }: Group, files: readonly File[]): Reading {
  if (reading.kind !== 'unreadable' || !isPart(reading)) return reading;
  return { ...reading, parts: { there: parts.map((index) => files[index]?.path ?? ''), missing } };
}
