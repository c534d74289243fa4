import type { RequirementState } from '../../application/application.ts';
import type { Severity } from '../../notice/finding-codes.ts';
import type { Notice } from '../../notice/notice.ts';
import type { Timeliness } from '../../notice/timeliness.ts';
import type { ApplicationRecord, ApplicationStatus } from '../../store/records.ts';
import type { OfficeFacts } from '../facts.ts';
import { plain } from '../plain.ts';
import { newIn, type Window, within } from './window.ts';

/** The sign in a requirement's box; `boxLegend` says what each means. */
export const boxOf: Record<RequirementState, string> = {
  present: '✓',
  missing: '✗',
  blank_form: '改',
  needs_fix: '改',
  declared_none: '无',
  on_paper: '纸',
  behind_link: '链',
  unreadable: '?',
  unsure: '?',
};
export const boxLegend: [sign: string, meaning: string][] = [
  ['✓', '已收到'],
  ['✗', '未见'],
  ['改', '需更正或是空表'],
  ['无', '填报为无'],
  ['纸', '随纸质材料报送'],
  ['链', '在链接中'],
  ['?', '待人工查看'],
];

/** An application that this window's mails belong to, as it stands now. */
export type TodaysApplication = {
  number: string;
  union: string | null;
  nominee: string | null;
  isNew: boolean;
  timeliness: Timeliness;
  status: ApplicationStatus;
  /** One sign a requirement, in the notice's order. */
  boxes: string[];
  findings: Record<Severity, number>;
  /** The gravest findings in words; what a ✗ already says is left out. */
  seen: string[];
  seenMore: number;
};

const mostSeen = 3;

/** Those that a mail of this window belongs to, in order of their numbers. */
export function todayOf({ applications, messages, notice }: OfficeFacts, window: Window): TodaysApplication[] {
  const touched = new Set(newIn(window, messages).flatMap((message) => message.applications));
  return applications
    .filter(({ number }) => touched.has(number))
    .sort((a, b) => a.number.localeCompare(b.number, 'en', { numeric: true }))
    .map((record) => tell(record, window, notice));
}

function tell(record: ApplicationRecord, window: Window, notice: Notice): TodaysApplication {
  const { number, union, nominee, timeliness, status, requirements, findings } = record;
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const told = inWords(record);
  return {
    number,
    union: union && plain(union, 30),
    nominee: nominee && plain(nominee, 20),
    isNew: within(window, record.firstReceivedAt),
    timeliness,
    status,
    boxes: notice.requirements.map(({ code }) => boxOf[requirements[code]?.state ?? 'missing']),
    findings: { blocking: count('blocking'), advisory: count('advisory'), note: count('note') },
    seen: told.slice(0, mostSeen),
    seenMore: Math.max(0, told.length - mostSeen),
  };
}

const gravity: Severity[] = ['blocking', 'note', 'advisory'];

/** Staff read what only they are told before what the union is advised of. */
function inWords({ findings }: ApplicationRecord): string[] {
  const told = findings.filter(({ code }) => code !== 'material_missing');
  return gravity.flatMap((grave) =>
    told.filter(({ severity }) => severity === grave).map(({ forStaff }) => plain(forStaff, 90)),
  );
}
