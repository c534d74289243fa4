import { type Application, materialsOf } from '../application/application.ts';
import { rowsOf } from '../forms/form.ts';
import { readPatentNumber } from '../forms/values/patent-number.ts';
import { type Check, finding } from './check.ts';

/** One certificate file, photo or patent in two nominees' dossiers: team work or a mix-up; staff look. */
export const evidenceShared: Check = (application, { notice, all }) => {
  const own = evidenceOf(application);
  return all
    .filter((other) => other !== application)
    .flatMap((other) => {
      const theirs = new Map(evidenceOf(other).map(({ key, file }) => [key, file]));
      const shared = own.filter(({ key }) => theirs.has(key));
      return shared.map(({ key, file, location, said }) =>
        finding(
          'evidence_shared',
          {
            material: { file },
            location,
            seen: said,
            words: { 另一人: other.nominee ?? '另一件申报', 另一文件: theirs.get(key) ?? '' },
          },
          notice,
        ),
      );
    });
};

type EvidenceKey = { key: string; file: string; location: string | null; said: string };

function evidenceOf(application: Application): EvidenceKey[] {
  const evidence = materialsOf(application).flatMap(({ part, sha256, file, insideForm, form }): EvidenceKey[] => {
    if (part !== 'form') return [{ key: sha256, file, location: insideForm, said: `文件“${file.split('/').at(-1)}”` }];
    const column = form?.definition.tables[0]?.columns.find(({ type }) => type === 'patent_number');
    return form && column ? rowsOf(form).flatMap(({ cells }) => patentKey(cells[column.key], file)) : [];
  });
  return [...new Map(evidence.map((each) => [each.key, each])).values()];
}

function patentKey(cell: { text: string; location: string } | undefined, file: string): EvidenceKey[] {
  const read = cell ? readPatentNumber(cell.text) : null;
  return cell && read?.kind === 'valid'
    ? [{ key: read.key, file, location: cell.location, said: `专利号${read.key}` }]
    : [];
}
