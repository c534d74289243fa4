import type { Db } from './database.ts';
import type { FailedJob } from './records.ts';

/** Work that a person has to look at: what cannot be taken in, what cannot be sent. */
export async function listFailed(db: Db): Promise<FailedJob[]> {
  const mails = await db.selectFrom('message').selectAll().where('fate', '=', 'failed').orderBy('id').execute();
  const letters = await db.selectFrom('letter').selectAll().where('state', '=', 'failed').orderBy('id').execute();
  return [
    ...mails.map((row) => job('intake', row.id, row.generation, row.stage ?? '读取', row)),
    ...letters.map((row) => job('deliver', row.id, row.generation, '发送', row)),
  ];
}

function job(
  kind: FailedJob['kind'],
  row: number,
  generation: number,
  stage: string,
  { attempts, reason, failed_at }: { attempts: number; reason: string | null; failed_at: Date | null },
): FailedJob {
  const failedAt = failed_at ?? new Date(0);
  return { id: `${kind}-${row}-${generation}`, kind, row, stage, attempts, reason: reason ?? '', failedAt };
}
