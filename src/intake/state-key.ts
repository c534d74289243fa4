import { createHash } from 'node:crypto';
import { type CheckedApplication, materialsOf, openQuestionsOf } from '../application/application.ts';

/**
 * Names the state that a letter tells of: who, what is there (by content), how each requirement stands, what is to be
 * mended. The same file sent again changes nothing and is not answered again; another one is, even when all else
 * stays as it was. Notes for staff are no part of it.
 */
export function stateKeyOf(application: CheckedApplication): string {
  if (application.timeliness !== 'on_time') return 'late'; // told once, whatever else arrives
  const { union, nominee, requirements, findings } = application;
  const state = {
    union: union?.name ?? null,
    nominee,
    states: Object.entries(requirements).map(([code, { state }]) => `${code} ${state}`),
    files: sorted(materialsOf(application).map(({ sha256 }) => sha256)),
    open: sorted(openQuestionsOf(application).map(({ why, file, sha256 }) => `${why} ${sha256 ?? file}`)),
    findings: sorted(
      findings
        .filter(({ severity }) => severity !== 'note')
        .map(({ code, requirement, evidence }) => `${code} ${requirement} ${evidence.location} ${evidence.seen}`),
    ),
  };
  return createHash('sha256').update(JSON.stringify(state)).digest('hex').slice(0, 24);
}

const sorted = (items: string[]) => [...new Set(items)].sort();
