import { machineNow } from '../../clock.ts';
import { Failure } from '../../errors.ts';
import { alarmsSince } from '../../store/office-state.ts';
import { fine, noRecord, type Scene, type Seen, wrong } from './scene.ts';

/** Whether the office has raised alarms that last. Those of one that no longer runs may be over already. */
export async function testAlarms(scene: Scene): Promise<Seen> {
  if (scene.record instanceof Failure) return noRecord;
  const alarms = await lasting(scene.record.db);
  if (alarms.length === 0) return fine('没有');
  if (!scene.office) {
    const texts = alarms.map(({ text }) => text);
    return fine(`上次运行时留下 ${alarms.length} 条`, [...texts, '已经解决的，启动后会自动解除。'].join('\n'));
  }
  const advice = new Set(alarms.map(({ kind, text }) => (scene.isDeep ? text : (toldAbove[kind] ?? text))));
  return wrong(`${alarms.length} 条没有解除`, [...advice].join('\n'));
}

/** Beside an office at work these tests tell the same words. */
const toldAbove: Record<string, string> = { mailbox: '见“收信”一项', post: '见“发信”一项' };

/** The text of the alarm of a kind while it lasts. */
export async function alarmOf({ record }: Scene, kind: string): Promise<string | null> {
  if (record instanceof Failure) return null;
  return (await lasting(record.db)).find((alarm) => alarm.kind === kind)?.text ?? null;
}

const lasting = async (db: Parameters<typeof alarmsSince>[0]) =>
  (await alarmsSince(db, machineNow())).filter(({ clearedAt }) => clearedAt === null);
