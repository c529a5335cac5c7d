import { Knex } from 'knex';
import { databaseNow } from '../../dialect';
import { ClusterRow } from '../../rows';

export interface ListedCluster {
  name: string;
  title: string | undefined;
  environment: string;
  /** Why it has no collector. */
  unreadable: string | undefined;
}

/**
 * A row for each listed cluster. What collectors wrote stays; a cluster that none can read says why, and one that can
 * be read again is new.
 */
export async function registerClusters(options: {
  knex: Knex;
  clusters: readonly ListedCluster[];
}): Promise<void> {
  const { knex, clusters } = options;
  const now = knex.raw(databaseNow(knex));
  for (const cluster of clusters) {
    const { name, title, environment, unreadable } = cluster;
    const listed = { title: title ?? null, environment, listed_at: now };
    const first = { ...listed, ...stateOf(cluster), state_since: now };
    await knex('clusters')
      .insert({ name, ...first })
      .onConflict('name')
      .merge(listed);
    const changed = knex('clusters').where({ name });
    if (unreadable === undefined) {
      await changed.where({ state: 'clientAuth' }).update(first);
    } else {
      await changed.whereNot({ state: 'clientAuth' }).update(first);
    }
  }
}

function stateOf(
  cluster: ListedCluster,
): Pick<ClusterRow, 'state' | 'health' | 'reason' | 'message'> {
  const { name, unreadable } = cluster;
  return unreadable === undefined
    ? {
        state: 'neverSynced',
        health: 'unknown',
        reason: 'NeverSynced',
        message: `Cluster ${name} has not been read yet.`,
      }
    : {
        state: 'clientAuth',
        health: 'unknown',
        reason: 'Forbidden',
        message: unreadable,
      };
}
