import { machineNow, sayMoment } from '../../clock.ts';
import { Failure } from '../../errors.ts';
import { pausedUntil, stoppedFor } from '../../store/stop.ts';
import { waitingSummary } from '../../store/waiting.ts';
import { fine, noRecord, type Scene, type Seen, wrong } from './scene.ts';

/** Whether anything keeps all letters back. */
export async function testLetters({ record }: Scene): Promise<Seen> {
  if (record instanceof Failure) return noRecord;
  const stopped = await stoppedFor(record.db);
  if (stopped !== null) return wrong(`发信已停止：${stopped}`, '原因解决以后恢复发信：npx shouli resume');
  const paused = await pausedUntil(record.db);
  if (paused !== null && paused > machineNow())
    return wrong(
      `邮箱服务器暂时不让发信，${sayMoment(paused)}后自动继续`,
      '信都在待发里，不会丢，一般不用处理；急件请登录网页版邮箱手工发送。',
    );
  const { due, held } = await waitingSummary(record.db);
  return fine(
    `待发 ${due.count} 封，等人放行 ${held} 封`,
    held > 0 ? '查看：npx shouli letters，放行：npx shouli release 信件序号（或 --all）' : '',
  );
}
