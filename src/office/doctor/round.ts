import { officeClock, sayMoment } from '../../clock.ts';
import { Failure } from '../../errors.ts';
import { fine, type Scene, type Seen, wrong } from './scene.ts';

/** Whether the round's rules, forms, roster and texts can be read. */
export function testRound({ notice, settings, rehearsal }: Scene): Seen {
  if (notice instanceof Failure)
    return wrong(
      `${settings.configDir} 里的 ${settings.notice} 读不通`,
      `${notice.forPerson}\n请改正上面所说的文件（或 .env 里的 NOTICE、CONFIG_DIR），再运行一次。`,
    );
  const { title, requirements, roster, opens, deadline } = notice;
  const now = officeClock(settings.now).now();
  const phase = now < opens ? '，还没有开始收件' : now >= deadline.cutOff ? '，已经截止' : '';
  return fine(
    `《${title}》，材料 ${requirements.length} 项，名册 ${roster.length} 个单位，` +
      `${deadline.wording}（${sayMoment(deadline.cutOff)}起算逾期）${rehearsal ? '' : phase}`,
  );
}
