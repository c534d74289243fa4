import { Failure } from '../../errors.ts';
import { fine, type Scene, type Seen, wrong } from './scene.ts';
import { placeOf } from './settings.ts';

/** Whether the record could be opened, and its tables brought up to date. */
export function testDatabase({ record, settings: { databaseUrl, dataDir } }: Scene): Seen {
  const place = databaseUrl === null ? `自带的数据库（${dataDir}）` : `${placeOf(databaseUrl)} 的数据库`;
  if (!(record instanceof Failure))
    return fine(`${place}可以使用，PostgreSQL ${record.facts.version.split(' ')[0]}，${new URL(record.url).host}`);
  const said = databaseUrl === null ? '' : `（${record.message}）`;
  return wrong(`${place}打不开${said}`, record.forPerson);
}
