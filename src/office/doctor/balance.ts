import { sayMoment } from '../../clock.ts';
import { Failure } from '../../errors.ts';
import type { MailboxFacts } from '../../mailbox/probe.ts';
import { isBalanced } from '../../reports/balance.ts';
import type { OpenDb } from '../../store/database.ts';
import { countLedger } from '../../store/ledger-count.ts';
import { lastBalance } from '../balance.ts';
import { attempt } from './open-scene.ts';
import { blocked, fine, noRecord, type Scene, type Seen, wrong } from './scene.ts';

/** Whether the ledger holds as many mails as the server: counted now where the mailbox was opened, else the last count. */
export async function testBalance({ record, probe }: Scene): Promise<Seen> {
  if (record instanceof Failure) return noRecord;
  if (probe === null) return lastCount(record.db);
  const facts = await attempt(() => probe);
  return facts instanceof Failure ? blocked('“收信”一项没有通过') : countNow(facts, record.db);
}

async function lastCount(db: OpenDb): Promise<Seen> {
  const balance = await lastBalance({ db });
  if (balance === null) return fine('还没有核对过（每天做日报时核对）');
  const when = `${sayMoment(balance.at)}核对`;
  if (isBalanced(balance)) return fine(`${when}：邮箱 ${balance.server} 封，台账 ${balance.ledger} 封，一致`);
  const differing = balance.folders.filter(({ server, ledger }) => server !== ledger);
  return wrong(`${when}不一致：${differing.map(sayFolder).join('；')}`, waitForSweep);
}

type Folder = { folder: string; server: number; ledger: number };
const sayFolder = ({ folder, server, ledger }: Folder) => `${folder} 邮箱 ${server} 封、台账 ${ledger} 封`;

const waitForSweep =
  '受理系统每天对照一遍，把漏收的补齐、移走的记下。请让它运行到明天的日报；日报里仍不一致，请用浏览器打开这个文件夹对照 npx shouli messages，并告知维护人员。';

async function countNow({ account, folders }: MailboxFacts, db: OpenDb): Promise<Seen> {
  const places = (await countLedger(db)).places.filter((place) => place.account === account);
  if (places.length === 0) return fine('这个邮箱还没有收过信，启动后开始');
  const counted = folders.map(({ folder, messages }) => ({
    folder,
    server: messages,
    ledger: places.find((place) => place.folder === folder)?.ledger ?? 0,
  }));
  const more = counted.filter(({ server, ledger }) => server > ledger);
  const fewer = counted.filter(({ server, ledger }) => server < ledger);
  const total = counted.reduce((sum, { server }) => sum + server, 0);
  if (more.length + fewer.length === 0) return fine(`邮箱 ${total} 封，台账 ${total} 封，一致`);
  return wrong(
    [...more, ...fewer].map(sayFolder).join('；'),
    [
      ...(more.length > 0 ? ['多出来的是还没有收的，启动受理系统（npm start）后自动补收。'] : []),
      ...(fewer.length > 0
        ? ['少了的多半是工作人员在邮箱里移走或删除的，台账和原始邮件都还在；下次每日对照后自动一致。']
        : []),
    ].join('\n'),
  );
}
