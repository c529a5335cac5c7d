import { Knex } from 'knex';

/** Another cluster, before this one by name, that has this UID: one API server under two names. */
export async function findClusterByUid(options: {
  knex: Knex;
  name: string;
  uid: string;
}): Promise<string | undefined> {
  const { knex, name, uid } = options;
  const row = await knex('clusters')
    .where({ uid })
    .where('name', '<', name)
    .whereNot({ state: 'duplicate' })
    .orderBy('name')
    .first('name');
  return row?.name;
}
