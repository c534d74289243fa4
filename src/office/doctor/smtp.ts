import { sayMoment } from '../../clock.ts';
import { Failure } from '../../errors.ts';
import { openPost } from '../../letters/smtp/open-post.ts';
import { bareAddress, loginAddress, readSmtpUrl } from '../../letters/smtp/server.ts';
import { silentLog } from '../../log.ts';
import { lastSent } from '../../store/delivery.ts';
import { senderOf } from '../books.ts';
import { alarmOf } from './alarms.ts';
import { blocked, fine, isMistaken, type Scene, type Seen, wrong } from './scene.ts';

/** Together within the time of one test. */
const timeouts = { connectMs: 4_000, replyMs: 2_500, acceptMs: 2_500 };

/** Whether letters can leave: by logging in without sending, or by what the office that runs has done. */
export async function testSmtp(scene: Scene): Promise<Seen> {
  const { smtpUrl } = scene.settings;
  if (isMistaken(scene, 'SMTP_URL')) return blocked('“设置”里的 SMTP_URL 写错了');
  if (smtpUrl === null) return notSet(scene);
  if (scene.office && !scene.isDeep && !scene.rehearsal) return asTheOfficeSeesIt(scene);
  const post = openPost(smtpUrl, { log: silentLog, timeouts });
  try {
    const tried = await post.verify();
    return tried.ok ? (senderTrouble(smtpUrl, scene) ?? fine(tried.seen)) : tried;
  } finally {
    await post.close();
  }
}

function notSet({ rehearsal, settings }: Scene): Seen {
  if (rehearsal) return fine('演练的信写成文件，不会发出去');
  if (settings.letters === 'observe') return fine('没有设置 SMTP_URL；LETTERS=observe，本来就不发信');
  return wrong(
    '没有设置 SMTP_URL，回函和日报都发不出去',
    '在 .env 里加一行 SMTP_URL=smtps://帐号%40126.com:授权码@smtp.126.com:465（帐号、授权码与 IMAP_URL 相同）；只收不发的，写 LETTERS=observe。',
  );
}

async function asTheOfficeSeesIt(scene: Scene): Promise<Seen> {
  const alarm = await alarmOf(scene, 'post');
  if (alarm) return wrong('受理系统正在运行，但信发不出去', alarm);
  const last = scene.record instanceof Failure ? null : await lastSent(scene.record.db);
  return fine(`受理系统正在运行，没有另外登录；${last ? `最近一封发于 ${sayMoment(last)}` : '还没有发过信'}`);
}

/** NetEase takes no letter whose From is another address than the account (554 DT:SUM); others mostly do. */
function senderTrouble(smtpUrl: string, { settings, notice }: Scene): Seen | null {
  if (smtpUrl.startsWith('file:') || notice instanceof Failure) return null;
  const server = readSmtpUrl(smtpUrl);
  const [from, login] = [bareAddress(senderOf({ settings, notice })), loginAddress(server)];
  if (from === null)
    return wrong('MAIL_FROM 里没有邮箱地址', `请写成：MAIL_FROM=${notice.office.name} <${notice.mailbox}>`);
  if (login === null || from.toLowerCase() === login.toLowerCase()) return null;
  const seen = `可以登录，但信的发件人是 ${from}，登录的是 ${login}`;
  const advice = `在 .env 里加一行 MAIL_FROM=${notice.office.name} <${login}>，否则邮箱服务器可能退信。`;
  return /(^|\.)(126|163)\.com$|(^|\.)yeah\.net$/.test(server.host) ? wrong(seen, advice) : fine(seen, advice);
}
