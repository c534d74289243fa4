import { machineNow, officeIso, sayMoment } from '../../clock.ts';
import { Failure } from '../../errors.ts';
import { newestArrival } from '../../store/newest-arrival.ts';
import { fine, type Scene, type Seen, wrong } from './scene.ts';

/** Clocks of good servers differ by less. */
const toleranceMs = 5 * 60_000;

/**
 * Whether the computer's clock can be right. The mail server's clock is seen in the arrival of its newest mail, which
 * cannot lie in our future. The zone does not matter: the office's own is always used.
 */
export async function testClock(scene: Scene): Promise<Seen> {
  const { now } = scene.settings;
  if (now !== null && !scene.rehearsal)
    return wrong(
      `办公时间按设置 NOW 从 ${sayMoment(now)} 走起，不是真实时间`,
      'NOW 只用来试验。正式收件请从 .env 里删去 NOW 一行，否则期限和回函日期都是错的。',
    );
  const machine = machineNow();
  const newest = scene.rehearsal ? null : await serverTime(scene);
  if (newest !== null && newest.getTime() - machine.getTime() > toleranceMs)
    return wrong(
      `电脑时间 ${clockTime(machine)}，可邮箱里已有 ${clockTime(newest)} 到的邮件：电脑慢了`,
      '请把电脑的日期时间调准（系统设置里打开“自动设置时间”，或请管理员运行 timedatectl set-ntp true）。',
    );
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return fine(`北京时间 ${clockTime(machine)}（电脑时区 ${zone}，期限一律按北京时间算）`);
}

/** From the server itself where it was just asked, else as the ledger remembers it. */
async function serverTime({ probe, record }: Scene): Promise<Date | null> {
  const asked = await probe?.catch(() => null); // the mailbox's own test tells
  if (asked?.imap) return asked.imap.newest;
  return record instanceof Failure ? null : newestArrival(record.db);
}

const clockTime = (at: Date) => officeIso(at).slice(0, 16).replace('T', ' ');
