import { Knex } from 'knex';

/** The counter of `entities`: rises with every write, and locks out other writers until the transaction ends. */
export const entitiesCounter = 'entities';

/** First statement of a transaction that changes `entities`, so that revisions become visible in their order. */
export async function raiseRevision(tx: Knex.Transaction): Promise<number> {
  await tx('counters')
    .insert({ name: entitiesCounter, value: 0 })
    .onConflict('name')
    .ignore();
  await tx('counters').where({ name: entitiesCounter }).increment('value', 1);
  return readRevision(tx);
}

export async function readRevision(knex: Knex): Promise<number> {
  const row: { value: number } | undefined = await knex('counters')
    .where({ name: entitiesCounter })
    .first('value');
  return row?.value ?? 0;
}
