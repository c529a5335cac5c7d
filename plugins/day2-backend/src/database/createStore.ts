import { Knex } from 'knex';
import { LeaseStore, ScopeStore } from '../model/types';
import { createGate } from './createGate';
import { isPostgres } from './dialect';
import { inTransaction } from './inTransaction';
import { acquireLease } from './operations/leases/acquire';
import { releaseLease } from './operations/leases/release';
import { renewLease } from './operations/leases/renew';
import { heartbeat } from './operations/replicas/heartbeat';
import { listReplicas } from './operations/replicas/list';
import { contactScope } from './operations/scopes/contact';
import { loadScope } from './operations/scopes/load';
import { sealScope } from './operations/scopes/seal';
import { writeScope } from './operations/scopes/write';

/** SQLite works in this process, so each statement of a transaction holds the event loop. */
const batchSize = { sqlite: 100, postgres: 500 } as const;

/** The store as collectors see it. Writers leave two connections free, so that leases are renewed and pages read. */
export function createScopeStore(options: { knex: Knex }): ScopeStore {
  const { knex } = options;
  const gate = createGate(Math.max(1, poolSize(knex) - 2));
  const write = <T>(work: (tx: Knex.Transaction) => Promise<T>) =>
    gate(() => inTransaction(knex, work));
  return {
    batchSize: isPostgres(knex) ? batchSize.postgres : batchSize.sqlite,
    load: lease => loadScope({ knex, scope: lease.scope }),
    write: (lease, batch) => write(tx => writeScope({ tx, lease, batch })),
    contact: (lease, kinds) => write(tx => contactScope({ tx, lease, kinds })),
    async seal(lease, clusterUid) {
      await write(tx => sealScope({ tx, lease, clusterUid }));
    },
  };
}

export function createLeaseStore(options: { knex: Knex }): LeaseStore {
  const { knex } = options;
  return {
    heartbeat: replica => heartbeat({ knex, replica }),
    replicas: () => listReplicas({ knex }),
    acquire: (scope, holder) => acquireLease({ knex, scope, holder }),
    renew: lease => renewLease({ knex, lease }),
    async release(lease) {
      await releaseLease({ knex, lease });
    },
  };
}

function poolSize(knex: Knex): number {
  const pool: { max?: number } | undefined = knex.client.pool;
  return pool?.max ?? 1;
}
