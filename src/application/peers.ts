import { createHash } from 'node:crypto';
import { type Form, rowsOf } from '../forms/form.ts';
import { readIdNumber } from '../forms/values/id-number.ts';
import { readPatentNumber } from '../forms/values/patent-number.ts';
import { squeeze } from '../text/squeeze.ts';
import { type Application, materialsOf } from './application.ts';

/** What other applications of the round have to do with this one; the checks across applications ask no more. */
export type Peers = {
  /** Its place among the nominees of its union, in order of arrival, from 1. */
  placeInUnion: number;
  /** Others of the same name. */
  twins: { union: string | null }[];
  /** What others offer as evidence, too. */
  shared: { key: string; nominee: string | null; file: string }[];
};

/** Peers among applications in memory; the database answers the same from its columns (store/peers.ts). */
export function peersOf(application: Application, all: readonly Application[]): Peers {
  const others = all.filter((other) => other !== application);
  const own = new Set(evidenceOf(application).map(({ key }) => key));
  return {
    placeInUnion:
      1 + others.filter((other) => sameUnion(other, application) && isBefore(other, application, all)).length,
    twins: others
      .filter((other) => application.nominee !== null && keyOf(other.nominee) === keyOf(application.nominee))
      .map(({ union }) => ({ union: union?.name ?? null })),
    shared: others.flatMap((other) =>
      evidenceOf(other)
        .filter(({ key }) => own.has(key))
        .map(({ key, file }) => ({ key, nominee: other.nominee, file })),
    ),
  };
}

/** How names of unions and nominees are compared. */
export const keyOf = (name: string | null): string | null => (name === null ? null : squeeze(name));

function sameUnion(a: Application, b: Application): boolean {
  return a.union !== null && b.union !== null && keyOf(a.union.name) === keyOf(b.union.name);
}

function isBefore(a: Application, b: Application, all: readonly Application[]): boolean {
  const [at, bt] = [a.firstReceivedAt.getTime(), b.firstReceivedAt.getTime()];
  return at < bt || (at === bt && all.indexOf(a) < all.indexOf(b));
}

export type EvidenceKey = { key: string; file: string; location: string | null; said: string };

/** What nobody else should offer as well: each certificate file and photo, each valid patent number, award and ID number. */
export function evidenceOf(application: Application): EvidenceKey[] {
  const evidence = materialsOf(application).flatMap(({ part, sha256, file, insideForm, form }): EvidenceKey[] => {
    if (part !== 'form') return [{ key: sha256, file, location: insideForm, said: `文件“${file.split('/').at(-1)}”` }];
    if (!form) return [];
    const column = form.definition.tables[0]?.columns.find(({ type }) => type === 'patent_number');
    const patents = column ? rowsOf(form).flatMap(({ cells }) => patentKey(cells[column.key], file)) : [];
    return [...patents, ...awardKeys(form, file), ...idKeys(form, file)];
  });
  return [...new Map(evidence.map((each) => [each.key, each])).values()];
}

function patentKey(cell: { text: string; location: string } | undefined, file: string): EvidenceKey[] {
  const read = cell ? readPatentNumber(cell.text) : null;
  return cell && read?.kind === 'valid'
    ? [{ key: read.key, file, location: cell.location, said: `专利号${read.key}` }]
    : [];
}

/** An award is known by result, level and day together: two teams may have a result of the same short name. */
function awardKeys(form: Form, file: string): EvidenceKey[] {
  const columns = form.definition.tables[0]?.columns ?? [];
  if (!columns.some(({ type }) => type === 'award_level')) return [];
  const named = columns.filter(({ required }) => required);
  return rowsOf(form).flatMap(({ cells }) => {
    const said = named.map(({ key }) => squeeze(cells[key]?.text ?? ''));
    const [first] = named.flatMap(({ key }) => cells[key] ?? []);
    if (!first || said.includes('')) return [];
    return [{ key: hashed('award', said.join('|')), file, location: first.location, said: `成果“${first.text}”` }];
  });
}

/** The number itself stays in its form: neither key nor sentence holds it. */
function idKeys({ definition, fields }: Form, file: string): EvidenceKey[] {
  const keys = definition.fields.filter(({ type }) => type === 'id_number').map(({ key }) => key);
  return fields.flatMap(({ key, text, location, label }) => {
    const read = keys.includes(key) ? readIdNumber(text) : null;
    return read?.kind === 'valid' ? [{ key: hashed('id', squeeze(text)), file, location, said: `“${label}”` }] : [];
  });
}

const hashed = (kind: string, text: string) => createHash('sha256').update(`${kind} ${text}`).digest('hex');
