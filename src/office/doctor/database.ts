import { Failure } from '../../errors.ts';
import { blocked, fine, isMistaken, type Scene, type Seen, wrong } from './scene.ts';
import { placeOf } from './settings.ts';

/** Whether the record could be opened, and its tables brought up to date. */
export function testDatabase(scene: Scene): Seen {
  if (isMistaken(scene, 'DATABASE_URL')) return blocked('“设置”里的 DATABASE_URL 写错了');
  const { record, settings } = scene;
  const { databaseUrl, dataDir } = settings;
  const place = databaseUrl === null ? `自带的数据库（${dataDir}）` : `${placeOf(databaseUrl)} 的数据库`;
  if (!(record instanceof Failure))
    return fine(`${place}可以使用，PostgreSQL ${record.facts.version.split(' ')[0]}，${new URL(record.url).host}`);
  const said = databaseUrl === null ? '' : `（${record.message}）`;
  return wrong(`${place}打不开${said}`, record.forPerson);
}
