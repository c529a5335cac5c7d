import { Knex } from 'knex';
import { Lease } from '../../../model/types';
import { databaseNow } from '../../dialect';
import { sealScope } from '../scopes/seal';

/** Longer than two rounds of listing: a cluster that one failed round left out is not gone. */
const goneAfterMs = 5 * 60_000;

/** Names of clusters that nobody listed for five minutes. */
export async function listGoneClusters(options: {
  knex: Knex;
}): Promise<string[]> {
  const { knex } = options;
  return knex('clusters')
    .whereRaw(`listed_at < ${databaseNow(knex)} - ?`, [goneAfterMs])
    .pluck('name');
}

/** Ends the history of a cluster that is no longer configured, and forgets what ran there. */
export async function forgetCluster(options: {
  tx: Knex;
  lease: Lease;
  name: string;
}): Promise<void> {
  const { tx, lease, name } = options;
  await sealScope({ tx, lease, clusterUid: '' });
  await tx('clusters').where({ name }).delete();
}
