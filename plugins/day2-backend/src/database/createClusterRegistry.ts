import { Knex } from 'knex';
import { LeaseStore } from '../model/types';
import { inTransaction } from './inTransaction';
import { findClusterByUid } from './operations/clusters/findByUid';
import { forgetCluster, listGoneClusters } from './operations/clusters/forget';
import { registerCluster } from './operations/clusters/register';

/** The list of clusters on which replicas agree; shaped as the engine asks for it. */
export function createClusterRegistry(options: {
  knex: Knex;
  leases: Pick<LeaseStore, 'acquire' | 'release'>;
  /** Of this replica. */
  holder: string;
  environmentOf(cluster: string): string;
}) {
  const { knex, leases, holder, environmentOf } = options;

  /** Only whoever gets the lease may: a replica that still lists the cluster holds it. */
  async function forget(name: string) {
    const lease = await leases.acquire(`cluster:${name}`, holder);
    if (!lease) {
      return;
    }
    try {
      await inTransaction(knex, tx => forgetCluster({ tx, lease, name }));
    } finally {
      await leases.release(lease);
    }
  }

  return {
    async list(
      clusters: readonly {
        name: string;
        title: string | undefined;
        unreadable: string | undefined;
      }[],
    ): Promise<void> {
      for (const { name, title, unreadable } of clusters) {
        await registerCluster({
          knex,
          cluster: {
            name,
            title,
            environment: environmentOf(name),
            clientAuth: unreadable,
          },
        });
      }
      for (const name of await listGoneClusters({ knex })) {
        await forget(name);
      }
    },
    otherNameOf: ({ name, uid }: { name: string; uid: string }) =>
      findClusterByUid({ knex, name, uid }),
  };
}
