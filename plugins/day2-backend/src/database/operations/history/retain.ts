import { setImmediate } from 'node:timers/promises';
import { Knex } from 'knex';
import { databaseNow, rowsOf } from '../../dialect';

const batchSize = 1000;
const dayMs = 24 * 3600 * 1000;
/** How long the history of an entity outlives it. */
export const goneEntityMs = 30 * dayMs;

interface Retained {
  transitions: number;
  silences: number;
  entities: number;
  replicas: number;
}

/**
 * Forgets history that is older than `retentionMs`, entities that vanished 30 days ago with their part of it, and
 * replicas that are long dead. 1,000 rows a statement, each on its own, so that nothing is locked for long.
 */
export async function retain(options: {
  knex: Knex;
  retentionMs: number;
  signal?: AbortSignal;
}): Promise<Retained> {
  const { knex, retentionMs, signal } = options;
  const [{ now }] = await rowsOf<{ now: number }>(
    knex.raw(`SELECT ${databaseNow(knex)} AS now`),
  );
  const oldest = now - retentionMs;
  const gone = now - goneEntityMs;
  const prune = (statement: string, bindings: number[]) =>
    repeat({ knex, statement, bindings, signal });

  await prune(
    batchOf('transition_entities', 'transition_id, entity_id', {
      where: 'transition_id IN (SELECT id FROM transitions WHERE last_at < ?)',
    }),
    [oldest],
  );
  const transitions = await prune(
    batchOf('transitions', 'id', { where: 'last_at < ?' }),
    [oldest],
  );
  const silences = await prune(
    batchOf('silences', 'id', { where: '"to" < ?' }),
    [oldest],
  );
  for (const table of ['transition_entities', 'entity_owners']) {
    const key =
      table === 'entity_owners'
        ? 'entity_id, owner_ref'
        : 'transition_id, entity_id';
    await prune(
      batchOf(table, key, {
        where: 'entity_id IN (SELECT id FROM entities WHERE gone_at < ?)',
      }),
      [gone],
    );
  }
  const entities = await prune(
    batchOf('entities', 'id', {
      where: `gone_at < ? AND NOT EXISTS (SELECT 1 FROM item_entities l WHERE l.entity_id = entities.id)`,
    }),
    [gone],
  );
  const replicas = await prune(
    batchOf('replicas', 'id', { where: 'heartbeat_at < ?' }),
    [now - dayMs],
  );
  return { transitions, silences, entities, replicas };
}

function batchOf(
  table: string,
  key: string,
  { where }: { where: string },
): string {
  return `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${where} LIMIT ${batchSize}) RETURNING 1 AS one`;
}

async function repeat(options: {
  knex: Knex;
  statement: string;
  bindings: readonly number[];
  signal: AbortSignal | undefined;
}): Promise<number> {
  const { knex, statement, bindings, signal } = options;
  for (let total = 0; ; ) {
    signal?.throwIfAborted();
    const deleted = await rowsOf(knex.raw(statement, [...bindings]));
    total += deleted.length;
    if (deleted.length < batchSize) {
      return total;
    }
    await setImmediate();
  }
}
