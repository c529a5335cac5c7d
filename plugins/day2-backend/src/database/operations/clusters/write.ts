import { Knex } from 'knex';
import { ClusterWrite } from '../../../model/types';

/**
 * What a collector says of its cluster. A cluster that nobody listed yet gets a row without an environment of its own.
 */
export async function writeCluster(options: {
  tx: Knex;
  name: string;
  cluster: ClusterWrite;
}): Promise<void> {
  const { tx, name, cluster } = options;
  const { verdict } = cluster;
  const row = {
    uid: cluster.uid ?? null,
    version: cluster.version ?? null,
    state: cluster.state,
    state_since: cluster.stateSince,
    health: verdict.health,
    reason: verdict.reason,
    params: JSON.stringify(verdict.params),
    message: verdict.message,
    next_attempt_at: cluster.nextAttemptAt ?? null,
    warnings: JSON.stringify(cluster.warnings),
    missing_rules: cluster.missingRules ?? null,
  };
  await tx('clusters')
    .insert({ name, environment: 'default', listed_at: 0, ...row })
    .onConflict('name')
    .merge(row);
}
