import { rowsOf } from '../forms/form.ts';
import type { Notice } from '../notice/notice.ts';
import type { Requirement } from '../notice/schema.ts';
import { type Application, materialsOf, type Share } from './application.ts';
import { currentOf } from './current.ts';
import type { OpenQuestion } from './material.ts';

/**
 * A certificate whose name fits two requirements (获奖证书 of an innovation, or of an honour) goes to the one that still
 * lacks its certificates, once the other has its own: perhaps only with the third mail. Where both lack them a person
 * decides.
 *
 * @returns the application with such questions turned into materials; the one given stays as it is
 */
export function settle(application: Application, { requirements }: Pick<Notice, 'requirements'>): Application {
  const lacking = requirements.filter((each) => lacksCertificates(each, application)).map(({ code }) => code);
  return { ...application, shares: application.shares.map((share) => settleShare(share, lacking)) };
}

function settleShare(share: Share, lacking: readonly string[]): Share {
  const answerOf = ({ fits }: OpenQuestion) => {
    const [only, ...more] = fits.filter(({ requirement }) => lacking.includes(requirement));
    return only && more.length === 0 ? only : null;
  };
  const answers = share.open.flatMap((question) => answerOf(question) ?? []);
  if (answers.length === 0) return share;
  return {
    ...share,
    materials: [...share.materials, ...answers],
    open: share.open.filter((question) => answerOf(question) === null),
  };
}

/** The certificates asked for by themselves, or by a list with rows: none came under a name of its own, or on paper. */
function lacksCertificates({ kind, code }: Requirement, application: Application): boolean {
  const { form } = currentOf(application, code);
  const wanted = kind === 'certificates' || (kind === 'list' && form?.form != null && rowsOf(form.form).length > 0);
  const came = materialsOf(application).some(
    ({ requirement, part }) => requirement === code && part === 'certificates',
  );
  return wanted && !came && !application.shares.some(({ onPaper }) => onPaper.includes(code));
}
