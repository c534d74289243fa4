import { Redis } from 'ioredis';
import { unanswered } from './redis.ts';

/** What can be seen of a Redis that is to carry the queue. */
export type RedisFacts = {
  version: string;
  /** Append-only file: jobs outlive a crash of the server. */
  hasAof: boolean;
  /** What it throws away when memory is full; BullMQ wants `noeviction`. */
  policy: string;
  /** 0: no limit, nothing is ever thrown away. */
  maxBytes: number;
};

const connectMs = 5_000;

/** @throws Failure when Redis does not answer or refuses us */
export async function redisFacts(redisUrl: string): Promise<RedisFacts> {
  // the system takes the call for a Redis that hangs: only its answers show that it lives
  const times = { connectTimeout: connectMs, commandTimeout: connectMs };
  const client = new Redis(redisUrl, { lazyConnect: true, ...times, retryStrategy: () => null });
  let reason = '';
  client.on('error', (error) => {
    reason ||= error.message || String((error as NodeJS.ErrnoException).code); // what the refused command hides
  });
  try {
    await client.connect();
    return factsOf(await client.info());
  } catch (error) {
    throw unanswered(reason || (error as Error).message);
  } finally {
    client.disconnect();
  }
}

function factsOf(info: string): RedisFacts {
  const told = (name: string) => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1] ?? '';
  return {
    version: told('redis_version'),
    hasAof: told('aof_enabled') === '1',
    policy: told('maxmemory_policy'),
    maxBytes: Number(told('maxmemory')),
  };
}
