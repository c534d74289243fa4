import { machineNow, sayMoment } from '../../clock.ts';
import { Failure } from '../../errors.ts';
import { rememberedAt } from '../../store/office-state.ts';
import { quietSince } from '../health.ts';
import { fine, noRecord, type Scene, type Seen, wrong } from './scene.ts';

const dayMinutes = 24 * 60;

/** Whether somebody watches the mailbox now; a day without anybody is a trouble. */
export async function testOffice(scene: Scene): Promise<Seen> {
  const { record, office, rehearsal } = scene;
  if (record instanceof Failure) return noRecord;
  if (office) {
    const since = office.since ? `（${sayMoment(office.since)}启动）` : '';
    return fine(`${rehearsal ? '演练' : '受理系统'}正在运行${since}`);
  }
  if (rehearsal) return fine('演练没有在运行', '用 npm start 播放一遍');
  const minutes = await minutesSincePoll(scene);
  if (minutes !== null && minutes > dayMinutes)
    return wrong(
      `没有在运行，已有 ${Math.floor(minutes / dayMinutes)} 天没有收信`,
      '请用 npm start 启动（窗口要一直开着）。期间到的邮件都在邮箱里，启动后自动补收。',
    );
  return fine('没有在运行', '用 npm start 启动（窗口要一直开着）');
}

/** Since the mailbox last answered, machine time; null when it never did, or nobody can tell. */
export async function minutesSincePoll({ record }: Scene): Promise<number | null> {
  const at = record instanceof Failure ? null : await rememberedAt(record.db, 'last_poll');
  return at === null ? null : Math.floor(quietSince(at, machineNow()) / 60_000);
}
