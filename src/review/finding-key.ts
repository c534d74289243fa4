import { createHash } from 'node:crypto';
import { type Application, type Finding, materialsOf, openQuestionsOf } from '../application/application.ts';

/**
 * Names a finding so that it is known again after a rerun: what was found, for which requirement, in which file by its
 * content, at which place, and what was seen there. The same fault in a corrected file is another finding.
 *
 * @returns 16 hexadecimal digits
 */
export function findingKey({ code, requirement, evidence }: Finding, application: Application): string {
  const { file, location, seen } = evidence;
  const content = file === null ? null : contentOf(file, application);
  return createHash('sha256')
    .update(JSON.stringify([code, requirement, content, location, seen]))
    .digest('hex')
    .slice(0, 16);
}

/** The newest file of that name; a name that no file has stands for itself. */
function contentOf(path: string, application: Application): string {
  const files = [...openQuestionsOf(application), ...materialsOf(application)];
  return files.filter(({ file, sha256 }) => file === path && sha256).at(-1)?.sha256 ?? path;
}
