import { Failure } from '../../errors.ts';
import { listFailed } from '../../store/failed-jobs.ts';
import { fine, noRecord, type Scene, type Seen, wrong } from './scene.ts';

const shown = 3;

/** Whether mails or letters stand still until a person looks at them. */
export async function testFailedWork({ record }: Scene): Promise<Seen> {
  if (record instanceof Failure) return noRecord;
  const failed = await listFailed(record.db);
  if (failed.length === 0) return fine('没有');
  const reasons = [...new Set(failed.map(({ stage, reason }) => `${stage}：${reason}`))];
  return wrong(
    `${failed.length} 项没有做成`,
    [...reasons.slice(0, shown), '查看全部：npx shouli jobs --failed；解决后重跑：npx shouli rerun --failed'].join(
      '\n',
    ),
  );
}
