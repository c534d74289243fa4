import { officeIso } from '../clock.ts';
import { listFailed } from '../store/failed-jobs.ts';
import { hasFlag, readWords } from './arguments.ts';
import { table } from './table.ts';
import { print, withBooks } from './with-books.ts';

/** `shouli jobs --failed [--json]`: work that failed and waits for a person. */
export async function jobsCommand(given: string[]): Promise<number> {
  const words = readWords(given, { failed: 'flag', json: 'flag' });
  return withBooks(async ({ db }) => {
    const jobs = await listFailed(db);
    const rows = jobs.map(({ id, stage, attempts, reason, failedAt }) => [
      id,
      stage,
      String(attempts),
      officeIso(failedAt).slice(0, 16).replace('T', ' '),
      reason,
    ]);
    return print(
      hasFlag(words, 'json'),
      jobs.map((job) => ({ ...job, failedAt: officeIso(job.failedAt) })),
      () =>
        jobs.length === 0
          ? '没有失败的任务。'
          : `${table([['任务', '步骤', '次数', '时间', '原因'], ...rows])}\n\n重跑：npx shouli rerun --failed`,
    );
  });
}
