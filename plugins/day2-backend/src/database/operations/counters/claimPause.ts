import { Knex } from 'knex';
import { databaseNow } from '../../dialect';

/**
 * Lets one caller of all replicas through per pause, on the database's clock.
 *
 * @returns whether this call was the one
 */
export async function claimPause(options: {
  knex: Knex;
  name: string;
  pauseMs: number;
}): Promise<boolean> {
  const { knex, name, pauseMs } = options;
  const now = databaseNow(knex);
  const claimed = await knex('pauses')
    .where({ name })
    .whereRaw(`ends_at <= ${now}`)
    .update({ ends_at: knex.raw(`${now} + ?`, [pauseMs]) });
  if (claimed > 0) {
    return true;
  }
  const inserted = await knex('pauses')
    .insert({ name, ends_at: knex.raw(`${now} + ?`, [pauseMs]) })
    .onConflict('name')
    .ignore()
    .returning('name');
  return inserted.length > 0;
}
