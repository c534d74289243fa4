import { createHash } from 'node:crypto';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';

/** A connection keeps some kilobytes for each; lists of varying length would make new ones without end. */
const maxStatements = 300;
/** `*` means other columns once a newer version has added one; PostgreSQL then refuses the kept plan for good. */
const allColumns = /(?:\bselect |\breturning |[.,] ?)\*/i;

/**
 * Lets each connection parse and plan a statement once and keep the plan: a mail takes some thirty statements, always the
 * same, and planning them costs the database more than carrying them out (bench/road.ts).
 */
export function withPlansKept(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    if (!names.has(text) && names.size < maxStatements) names.set(text, createHash('sha1').update(text).digest('hex')); // PostgreSQL cuts names at 63 bytes
    return names.get(text);
  };
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    async connect() {
      const client = await pool.connect();
      const keeping = known.get(client) ?? { query: queryOf(client, nameOf), release: () => client.release() };
      known.set(client, keeping);
      return keeping;
    },
    end: () => pool.end(),
  };
}

/** Without parameters (`begin`, or several statements in one text) the simple protocol costs less. */
function queryOf(client: pg.PoolClient, nameOf: (text: string) => string | undefined) {
  const query = (text: string, values: readonly unknown[] = []) => {
    const name = values.length > 0 && !allColumns.test(text) ? nameOf(text) : undefined;
    return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
  };
  return query as unknown as PostgresPoolClient['query']; // its other shape is for cursors, which nobody opens here
}
