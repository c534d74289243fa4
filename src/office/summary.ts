import { officeIso } from '../clock.ts';
import { listApplications } from '../store/application-list.ts';
import { countLedger } from '../store/ledger-count.ts';
import { listLetters } from '../store/letter-list.ts';
import { waitingSummary } from '../store/waiting.ts';
import { mayDeliver } from './due.ts';
import type { Office } from './office.ts';

/** What stands in the books, and what waits until when: the last words of `start --once`. */
export async function summary(office: Office): Promise<string> {
  const { db } = office;
  const { byFate } = await countLedger(db);
  const applications = (await listApplications(db)).filter(({ isGone }) => !isGone);
  const letters = await listLetters(db);
  const sent = letters.filter(({ state }) => state === 'sent').length;
  const lines = [
    `邮件：已登记 ${byFate.recorded}，暂存 ${byFate.set_aside}，失败 ${byFate.failed}，待处理 ${byFate.pending}，本批以前 ${byFate.before_round}`,
    `申报件：${applications.length} 件，其中齐全 ${applications.filter(({ complete }) => complete).length} 件`,
    `回函：已发 ${sent} 封`,
    ...(await whatWaits(office)),
  ];
  return lines.join('\n');
}

async function whatWaits(office: Office): Promise<string[]> {
  const { due, held, failed, retryMails } = await waitingSummary(office.db);
  const { waitUntil } = await mayDeliver(office);
  const time = (at: Date | null) => (at ? officeIso(at).slice(0, 16).replace('T', ' ') : '');
  return [
    ...(due.count > 0 ? [`待发 ${due.count} 封，最早 ${time(due.first)} 到期${pace(waitUntil)}`] : []),
    ...(office.settings.smtpUrl || due.count === 0 ? [] : ['没有设置 SMTP_URL，信件留在待发']),
    ...(held > 0 ? [`待人工发送 ${held} 封：npx shouli letters 查看，npx shouli release 发出`] : []),
    ...(retryMails.count > 0 ? [`稍后重试的邮件 ${retryMails.count} 封，最早 ${time(retryMails.first)}`] : []),
    ...(failed > 0 ? [`失败 ${failed} 项：npx shouli jobs --failed`] : []),
  ];
}

const pace = (until: Date | null) => (until ? `（发信限速，${officeIso(until).slice(11, 16)} 后继续）` : '');
