import { Knex } from 'knex';
import { inTransaction } from './inTransaction';
import { forgetCluster } from './operations/clusters/forget';
import {
  ListedCluster,
  registerClusters,
} from './operations/clusters/register';
import { acquireLease } from './operations/leases/acquire';
import { releaseLease } from './operations/leases/release';

/** Clusters that are listed, on all replicas. */
export interface ClusterRegistry {
  /** Writes a row for each, and takes away clusters that are no longer listed as soon as nobody collects them. */
  list(clusters: readonly Omit<ListedCluster, 'environment'>[]): Promise<void>;
  /** Another cluster, before this one by name, that has this UID. */
  otherNameOf(options: {
    name: string;
    uid: string;
  }): Promise<string | undefined>;
}

export function createClusterRegistry(options: {
  knex: Knex;
  /** Of a cluster, where its objects say nothing else. */
  environmentOf(cluster: string): string;
}): ClusterRegistry {
  const { knex, environmentOf } = options;
  return {
    async list(clusters) {
      await registerClusters({
        knex,
        clusters: clusters.map(cluster => ({
          ...cluster,
          environment: environmentOf(cluster.name),
        })),
      });
      const known: { name: string }[] = await knex('clusters').select('name');
      const listed = new Set(clusters.map(cluster => cluster.name));
      for (const { name } of known) {
        if (!listed.has(name)) {
          await forget(knex, name);
        }
      }
    },
    async otherNameOf({ name, uid }) {
      const row: { name: string } | undefined = await knex('clusters')
        .select('name')
        .where({ uid })
        .where('name', '<', name)
        .orderBy('name')
        .first();
      return row?.name;
    },
  };
}

/** The lease keeps a collector that has not heard yet from writing into what is taken away. */
async function forget(knex: Knex, name: string): Promise<void> {
  const scope = `cluster:${name}`;
  const lease = await acquireLease({ knex, scope, holder: 'registry' });
  if (lease) {
    await inTransaction(knex, tx => forgetCluster({ tx, lease, name }));
    await releaseLease({ knex, lease });
  }
}
