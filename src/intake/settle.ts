import { rowsOf } from '../forms/form.ts';
import type { Notice } from '../notice/notice.ts';
import type { Requirement } from '../notice/schema.ts';
import type { SortedFile } from './sorted-file.ts';

/**
 * A certificate whose name fits two requirements (获奖证书 of an innovation, or of an honour) goes to the one that still
 * lacks its certificates in this mail, when the other has its own for sure. Where both lack them a person decides.
 */
export function settle(sorted: readonly SortedFile[], notice: Notice): SortedFile[] {
  const lacking = notice.requirements
    .filter((requirement) => lacksCertificates(requirement, sorted))
    .map(({ code }) => code);
  return sorted.map((file) => {
    const [only, ...more] = file.namedBoth.filter((code) => lacking.includes(code));
    if (!only || more.length > 0) return file;
    const answer = { requirement: only, part: 'certificates' as const, form: null };
    return { ...file, answers: [answer], mightBe: [], namedBoth: [], note: '按文件名和尚缺的证书认定' };
  });
}

/** The certificates asked for by themselves, or by a list with rows, of which none came under a name of its own. */
function lacksCertificates({ kind, code }: Requirement, sorted: readonly SortedFile[]): boolean {
  const answers = sorted.flatMap((file) => file.answers).filter(({ requirement }) => requirement === code);
  const wanted =
    kind === 'certificates' ||
    (kind === 'list' && answers.some(({ form }) => form !== null && rowsOf(form).length > 0));
  return wanted && !answers.some(({ part }) => part === 'certificates');
}
