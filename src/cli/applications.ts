import { officeIso } from '../clock.ts';
import { boxOf } from '../reports/digest/today.ts';
import { sayStatus, timelinessWords } from '../reports/say.ts';
import { listApplications } from '../store/application-list.ts';
import type { ApplicationRecord } from '../store/records.ts';
import { hasFlag, readWords } from './arguments.ts';
import { table } from './table.ts';
import { print, withBooks } from './with-books.ts';

/** `shouli applications [--json]`: one line a nominee with six boxes. */
export async function applicationsCommand(given: string[]): Promise<number> {
  const words = readWords(given, { json: 'flag' });
  return withBooks(async ({ db }) => {
    const applications = await listApplications(db);
    return print(hasFlag(words, 'json'), applications.map(applicationRecordJson), () => applicationsText(applications));
  });
}

/** The application object of `check --json` with `number` and `status` (public face). */
export function applicationRecordJson(record: ApplicationRecord) {
  const { number, status, union, unionKnown, nominee, timeliness, requirements, complete, findings } = record;
  const { dismissed, version, mergedInto } = record;
  const [firstReceivedAt, lastReceivedAt] = [officeIso(record.firstReceivedAt), officeIso(record.lastReceivedAt)];
  return {
    number,
    status,
    union,
    unionKnown,
    nominee,
    timeliness,
    firstReceivedAt,
    lastReceivedAt,
    requirements,
    complete,
    findings,
    dismissed,
    version,
    mergedInto,
  };
}

export function applicationsText(applications: readonly ApplicationRecord[]): string {
  if (applications.length === 0) return '还没有申报件。';
  const rows = applications.map((record) => [
    record.number,
    record.union ?? '（未注明）',
    record.nominee ?? '（未注明）',
    boxes(record),
    timelinessWords[record.timeliness],
    sayStatus(record),
  ]);
  return table([['编号', '推荐单位', '姓名', '六项材料', '时限', '状态'], ...rows]);
}

/** One sign a requirement, in the notice's order. */
export const boxes = ({ requirements }: Pick<ApplicationRecord, 'requirements'>) =>
  Object.values(requirements)
    .map(({ state }) => boxOf[state])
    .join(' ');
