import { randomBytes } from 'node:crypto';
import { Knex } from 'knex';

/** The key that signs cursors, made once and the same for all replicas. */
export async function loadCursorKey(options: { knex: Knex }): Promise<string> {
  const { knex } = options;
  const name = 'cursorKey';
  await knex('settings')
    .insert({ name, value: randomBytes(32).toString('base64url') })
    .onConflict('name')
    .ignore();
  const row: { value: string } | undefined = await knex('settings')
    .select('value')
    .where({ name })
    .first();
  if (!row) {
    throw new Error('The key that signs cursors could not be stored');
  }
  return row.value;
}
