import { machineNow } from '../../clock.ts';
import { Failure } from '../../errors.ts';
import { alarmsSince } from '../../store/office-state.ts';
import { fine, noRecord, type Scene, type Seen, wrong } from './scene.ts';

/** Whether the office has raised alarms that last. Those of one that no longer runs may be over already. */
export async function testAlarms({ record, office }: Scene): Promise<Seen> {
  if (record instanceof Failure) return noRecord;
  const texts = (await lasting(record.db)).map(({ text }) => text);
  if (texts.length === 0) return fine('没有');
  if (office) return wrong(`${texts.length} 条没有解除`, texts.join('\n'));
  return fine(`上次运行时留下 ${texts.length} 条`, [...texts, '已经解决的，启动后会自动解除。'].join('\n'));
}

/** The text of the alarm of a kind while it lasts. */
export async function alarmOf({ record }: Scene, kind: string): Promise<string | null> {
  if (record instanceof Failure) return null;
  return (await lasting(record.db)).find((alarm) => alarm.kind === kind)?.text ?? null;
}

const lasting = async (db: Parameters<typeof alarmsSince>[0]) =>
  (await alarmsSince(db, machineNow())).filter(({ clearedAt }) => clearedAt === null);
