import { Knex } from 'knex';
import { databaseNow } from '../../dialect';

/** Says that a replica lives; its age counts from the first time. */
export async function heartbeat(options: {
  knex: Knex;
  replica: { id: string; roles: readonly string[]; version: string };
}): Promise<void> {
  const { knex, replica } = options;
  const now = knex.raw(databaseNow(knex));
  await knex('replicas')
    .insert({
      id: replica.id,
      roles: JSON.stringify(replica.roles),
      version: replica.version,
      started_at: now,
      heartbeat_at: now,
    })
    .onConflict('id')
    .merge(['roles', 'version', 'heartbeat_at']);
}
