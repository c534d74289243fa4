import { Failure } from '../../errors.ts';
import { silentLog } from '../../log.ts';
import { openQueue } from '../../queue/queue.ts';
import { redisFacts } from '../../queue/redis-facts.ts';
import { attempt } from './open-scene.ts';
import { blocked, fine, isMistaken, noRecord, type Scene, type Seen, wrong } from './scene.ts';
import { placeOf } from './settings.ts';

/** Whether work can be handed out, on the database or on Redis. */
export async function testQueue(scene: Scene): Promise<Seen> {
  if (isMistaken(scene, 'REDIS_URL')) return blocked('“设置”里的 REDIS_URL 写错了');
  const { record, settings } = scene;
  const { redisUrl } = settings;
  const redis = redisUrl === null ? fine('用数据库排队') : await lookAtRedis(redisUrl);
  if (!redis.ok) return redis;
  if (record instanceof Failure) return noRecord;
  const counts = await attempt(() => countJobs(record.url, redisUrl));
  if (counts instanceof Failure) return wrong(`队列打不开（${counts.message}）`, counts.forPerson);
  return fine(`${redis.seen}，等待 ${counts.waiting} 项，正在做 ${counts.active} 项`, redis.advice);
}

async function countJobs(databaseUrl: string, redisUrl: string | null): Promise<{ waiting: number; active: number }> {
  const queue = await openQueue({ databaseUrl, redisUrl, log: silentLog });
  try {
    const kinds = Object.values(await queue.counts());
    const sum = (of: 'waiting' | 'active') => kinds.reduce((total, each) => total + each[of], 0);
    return { waiting: sum('waiting'), active: sum('active') };
  } finally {
    await queue.close();
  }
}

async function lookAtRedis(redisUrl: string): Promise<Seen> {
  const facts = await attempt(() => redisFacts(redisUrl));
  const place = `Redis ${placeOf(redisUrl)}`;
  if (facts instanceof Failure) return wrong(`${place} 没有通过（${facts.message}）`, facts.forPerson);
  const { version, policy, maxBytes, hasAof } = facts;
  if (policy !== 'noeviction' && maxBytes > 0)
    return wrong(
      `${place} 内存满时会丢任务（maxmemory-policy ${policy}）`,
      '请管理员在 redis.conf 里写 maxmemory-policy noeviction，并重新启动 Redis。',
    );
  const hint = hasAof
    ? ''
    : 'Redis 没有开 AOF，断电会丢排队的任务；受理系统半分钟内会自动补排，要更稳可写 appendonly yes。';
  return fine(`${place}（${version}）`, hint);
}
