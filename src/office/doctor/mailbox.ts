import { machineNow, officeIso } from '../../clock.ts';
import { Failure } from '../../errors.ts';
import { MailboxFailure, type MailboxTrouble } from '../../mailbox/failure.ts';
import type { MailboxFacts } from '../../mailbox/probe.ts';
import { pollLimitMs } from '../health.ts';
import { alarmOf } from './alarms.ts';
import { firstSteps } from './first-steps.ts';
import { minutesSincePoll } from './office.ts';
import { attempt } from './open-scene.ts';
import { blocked, fine, isMistaken, noRecord, type Scene, type Seen, wrong } from './scene.ts';
import { placeOf } from './settings.ts';

/** Whether mail can be read: by trying, or by what the office that runs has just done. */
export async function testMailbox(scene: Scene): Promise<Seen> {
  if (isMistaken(scene, 'IMAP_URL')) return blocked('“设置”里的 IMAP_URL 写错了');
  if (scene.settings.imapUrl === null) return notSet(scene);
  if (scene.probe === null) return asTheOfficeSeesIt(scene);
  const facts = await attempt(() => scene.probe);
  if (facts instanceof Failure) return refusal(facts, placeOf(scene.settings.imapUrl));
  return facts === null ? noRecord : healthy(facts, scene);
}

function notSet(scene: Scene): Seen {
  const steps = firstSteps(scene);
  if (scene.rehearsal) return fine('没有设置 IMAP_URL，npm start 播放的是演练（样例邮件，不连网）', steps);
  return wrong(
    '没有设置 IMAP_URL，收不到邮件；而这里的数据库是正式批次的',
    `以前接过邮箱的，请到写有 .env 的文件夹里运行命令，或把 .env 找回来。还没有接过的：\n${steps}`,
  );
}

/** What the words of each trouble are before the server's own. */
const troubles: Record<MailboxTrouble, string> = {
  unsafe_login: '能登录，打不开文件夹',
  login_refused: '登录被拒绝',
  imap_off: 'IMAP 服务没有开启',
  unreachable: '连不上',
  tls: '加密连接建立不起来',
  dropped: '连上后又断了',
  refused: '服务器不答应',
  incomplete: '有邮件取不全',
};

function refusal(failure: Failure, place: string): Seen {
  if (!(failure instanceof MailboxFailure)) return wrong('打不开', failure.forPerson);
  const said = failure.message.slice(failure.trouble.length + 2);
  return wrong(`${place} ${troubles[failure.trouble]}（${said}）`, failure.forPerson);
}

async function asTheOfficeSeesIt(scene: Scene): Promise<Seen> {
  const alarm = await alarmOf(scene, 'mailbox');
  if (alarm) return wrong('受理系统正在运行，但读不到邮箱', alarm);
  const minutes = await minutesSincePoll(scene);
  const limit = pollLimitMs(scene.settings) / 60_000;
  const hint = '为不占用邮箱的连接数，没有另外登录；要实际试一次：npx shouli doctor --deep';
  if (minutes === null || minutes > limit)
    return wrong(
      minutes === null ? '受理系统正在运行，还没有收成过一次' : `受理系统正在运行，但已有 ${minutes} 分钟没有收成`,
      '刚启动的请过两分钟再看；一直这样，请按 Ctrl-C 停下受理系统，再用 npm start 启动。',
    );
  return fine(`受理系统正在运行，${minutes === 0 ? '刚刚' : `${minutes} 分钟前`}收过信`, hint);
}

function healthy({ account, folders, imap }: MailboxFacts, { notice }: Scene): Seen {
  const counts = folders.map(({ folder, messages }) => `${folder} ${messages} 封`).join('，');
  const way = imap === null ? '' : imap.hasIdle ? '（新邮件即时通知）' : '（定时查看）';
  const hints = [
    ...(imap?.oldest && isAtWindow(imap.oldest) ? [windowHint(imap.oldest)] : []),
    ...(imap && !(notice instanceof Failure) && account !== notice.mailbox.toLowerCase()
      ? [`通知公布的邮箱是 ${notice.mailbox}，现在看守的是 ${account}，请核对。`]
      : []),
  ];
  return fine(`${account} 可以打开：${counts}${way}`, hints.join('\n'));
}

const dayMs = 86_400_000;

/** The oldest mail is as old as 收取最近30天邮件 lets one be: older ones may be hidden from us. */
function isAtWindow(oldest: Date): boolean {
  const days = (machineNow().getTime() - oldest.getTime()) / dayMs;
  return days > 27 && days < 31;
}

const windowHint = (oldest: Date) =>
  `收件箱里最早的邮件是 ${officeIso(oldest).slice(0, 10)}，正好约 30 天。邮箱可能设成了“收取最近30天邮件”，更早的程序看不到：` +
  '请用浏览器登录邮箱，在“设置 → POP3/SMTP/IMAP”中改为“收取全部邮件”。';
