import { type Closing, withClosing } from '../../closing.ts';
import { Failure } from '../../errors.ts';
import type { Inspected } from '../../settings.ts';
import { testAlarms } from './alarms.ts';
import { testBalance } from './balance.ts';
import { testClock } from './clock.ts';
import { testConsolePort } from './console-port.ts';
import { testDataFolder } from './data-folder.ts';
import { testDatabase } from './database.ts';
import { testFailedWork } from './failed-work.ts';
import { codesOf, withoutCodes } from './hide-codes.ts';
import { testLetters } from './letters.ts';
import { testMailbox } from './mailbox.ts';
import { testOffice } from './office.ts';
import { attempt, openScene } from './open-scene.ts';
import { testPrograms } from './programs.ts';
import { testQueue } from './queue.ts';
import { testRound } from './round.ts';
import { type Scene, type Seen, type Test, wrong } from './scene.ts';
import { testSettings } from './settings.ts';
import { testSmtp } from './smtp.ts';
import { withinTime } from './time-limit.ts';

/** What one test found; `advice` is empty when there is nothing to do. */
export type Diagnosis = Seen & { name: string; title: string };

/** In the order in which troubles are best mended. */
export const tests: readonly Test[] = [
  { name: 'settings', title: '设置', run: testSettings },
  { name: 'round', title: '本批规则', run: testRound },
  { name: 'data_folder', title: '数据文件夹', run: testDataFolder },
  { name: 'database', title: '数据库', run: testDatabase },
  { name: 'queue', title: '任务队列', run: testQueue },
  { name: 'clock', title: '时钟', run: testClock },
  { name: 'mailbox', title: '收信', run: testMailbox },
  { name: 'smtp', title: '发信', run: testSmtp },
  { name: 'office', title: '受理系统', run: testOffice },
  { name: 'balance', title: '收件核对', run: testBalance },
  { name: 'letters', title: '待发信件', run: testLetters },
  { name: 'failed_work', title: '失败的任务', run: testFailedWork },
  { name: 'alarms', title: '警报', run: testAlarms },
  { name: 'console_port', title: '审核台端口', run: testConsolePort },
  { name: 'programs', title: '读取文件', run: testPrograms },
];

const testMs = 10_000;

/**
 * Runs every test, each within its own time; none hides another, none takes the whole beyond half a minute. Changes
 * nothing that a start would not change too.
 *
 * @param isDeep also logs in to the mail servers while an office runs
 * @param asked which tests; all of them unless told
 */
export async function diagnose(
  inspected: Inspected,
  { isDeep }: { isDeep: boolean },
  asked: readonly Test[] = tests,
): Promise<Diagnosis[]> {
  let found: Diagnosis[] = [];
  const look = async (closing: Closing) => {
    const scene = await openScene(inspected, isDeep, closing);
    const codes = codesOf(inspected.settings);
    found = await Promise.all(asked.map((test) => examine(test, scene, codes)));
  };
  await withClosing(look).catch((error: unknown) => {
    if (found.length === 0) throw error; // what closes badly takes nothing from what was found
  });
  return found;
}

async function examine({ name, title, run }: Test, scene: Scene, codes: readonly string[]): Promise<Diagnosis> {
  const found = await attempt(() => withinTime(testMs, Promise.resolve(scene).then(run), tooLate));
  const { seen, advice, ...rest } = found instanceof Failure ? wrong('没有查完', found.forPerson) : found;
  return { name, title, ...rest, seen: withoutCodes(seen, codes), advice: withoutCodes(advice, codes) };
}

const tooLate = () =>
  new Failure(
    'temporary',
    `${testMs / 1000} 秒内没有得到回答。请检查网络和电脑是否繁忙，再运行一次。`,
    'no answer in time',
  );
