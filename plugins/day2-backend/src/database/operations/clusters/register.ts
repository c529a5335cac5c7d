import { Knex } from 'knex';
import { databaseNow } from '../../dialect';

export interface RegisteredCluster {
  name: string;
  title: string | undefined;
  environment: string;
  /** Why nobody collects it: the provider whose token only a browser has. */
  clientAuth: string | undefined;
}

/** A row for a listed cluster: its name, title and environment; what its collector writes stays. */
export async function registerCluster(options: {
  knex: Knex;
  cluster: RegisteredCluster;
}): Promise<void> {
  const { knex, cluster } = options;
  const { name, title, environment, clientAuth } = cluster;
  const listed = {
    title: title ?? null,
    environment,
    listed_at: knex.raw(databaseNow(knex)),
  };
  const unreadable = clientAuth !== undefined && {
    state: 'clientAuth',
    health: 'unknown',
    reason: 'Forbidden',
    params: JSON.stringify({ cluster: name, provider: clientAuth }),
    message: `Cluster ${name} needs the browser's ${clientAuth} token, which a backend does not have.`,
  };
  await knex('clusters')
    .insert({
      name,
      state: 'neverSynced',
      health: 'unknown',
      reason: 'NeverSynced',
      message: `Cluster ${name} has not been read yet.`,
      ...listed,
      ...unreadable,
    })
    .onConflict('name')
    .merge({ ...listed, ...unreadable });
}
