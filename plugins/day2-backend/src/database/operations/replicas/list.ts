import { Knex } from 'knex';
import { databaseNow, rowsOf } from '../../dialect';

const deadAfterMs = 15_000;

/** Replicas that collect and were heard of in the last 15 s, oldest first. */
export async function listReplicas(options: {
  knex: Knex;
}): Promise<{ id: string; aliveMs: number }[]> {
  const { knex } = options;
  const now = databaseNow(knex);
  const rows = await rowsOf<{ id: string; roles: string; alive_ms: number }>(
    knex.raw(
      `SELECT id, roles, ${now} - started_at AS alive_ms FROM replicas
      WHERE heartbeat_at > ${now} - ${deadAfterMs} ORDER BY started_at, id`,
    ),
  );
  return rows
    .filter(row => isCollector(JSON.parse(row.roles)))
    .map(row => ({ id: row.id, aliveMs: row.alive_ms }));
}

function isCollector(roles: readonly string[]): boolean {
  return roles.includes('collector') || roles.includes('all');
}
