import { columns } from '../cli/table.ts';
import { dayName, officeIso } from '../clock.ts';
import type { Office } from '../office/office.ts';
import { boxLegend, boxOf } from '../reports/digest/today.ts';
import { letterWords, timelinessWords } from '../reports/say.ts';
import { listApplications } from '../store/application-list.ts';
import { countLedger } from '../store/ledger-count.ts';
import { listLetters } from '../store/letter-list.ts';
import type { ApplicationRecord, LetterRecord } from '../store/records.ts';
import { consoleUrl } from '../web/beside.ts';

/** Who may log in to the rehearsal's console. */
export type SampleLogin = { name: string; password: string };

/** What July came to, a line a nominee, and what whoever watched may do next. */
export async function closingWords(office: Office, login: SampleLogin | 'over' | null): Promise<string> {
  const { db, settings } = office;
  const applications = await listApplications(db);
  const letters = await listLetters(db);
  const { byFate } = await countLedger(db);
  const rows = applications.map((application) => row(application, letters));
  const mails = Object.values(byFate).reduce((sum, count) => sum + count, 0);
  return [
    '',
    `演练结束：七月共 ${mails} 封邮件（登记 ${byFate.recorded}，暂存 ${byFate.set_aside}，本批以前 ${byFate.before_round}，失败 ${byFate.failed}），${applications.length} 件申报，${letters.length} 封信（其中日报 ${letters.filter(({ kind }) => kind === 'digest').length} 封）。人物和单位来信均为虚构。`,
    '',
    ...columns([['编号', '推荐单位', '姓名', '六项材料', '时限', '最后一封回函'], ...rows]),
    '',
    `六项材料：${boxLegend.map(([sign, meaning]) => `${sign} ${meaning}`).join('　')}`,
    '',
    `信件和日报都写在 ${settings.dataDir}/outbox，用邮件软件打开 .eml 即可看到对方看到的样子。`,
    ...(login !== null && login !== 'over'
      ? ['', `审核台开着，用浏览器打开 ${consoleUrl(settings)}　姓名：${login.name}　密码：${login.password}`, '']
      : []),
    ...(login === 'over' ? [] : ['演练数据库还开着，可以另开一个窗口试试（按 Ctrl-C 结束演练）：']),
    '  npx shouli queue                      今天要做的事',
    `  npx shouli show ${applications[0]?.number ?? '编号'}         一件申报的全部情况`,
    `  npx shouli digest --date ${dayName(office.notice.deadline.cutOff)}   那天早上的收件日报`,
    '接上真实邮箱：见 README.zh-CN.md“接上 126 邮箱”。',
  ].join('\n');
}

function row(application: ApplicationRecord, letters: readonly LetterRecord[]): string[] {
  const { number, union, nominee, requirements, timeliness } = application;
  const last = letters.filter((letter) => letter.number === number).at(-1);
  const boxes = Object.values(requirements).map(({ state }) => boxOf[state]);
  return [
    number,
    union ?? '（未注明）',
    nominee ?? '（未注明）',
    boxes.join(' '),
    timelinessWords[timeliness],
    last
      ? `${letterWords[last.kind]} ${officeIso(last.sentAt ?? last.dueAt)
          .slice(5, 16)
          .replace('T', ' ')}`
      : '—',
  ];
}
