import { Knex } from 'knex';
import { Lease } from '../../../model/types';
import { sealScope } from '../scopes/seal';

/** No cluster has it: every item's UID is another one. */
const nobody = '';

/** Takes a cluster that is no longer listed out of the store, with its items. Their history ends and stays. */
export async function forgetCluster(options: {
  tx: Knex;
  lease: Lease;
  name: string;
}): Promise<void> {
  const { tx, lease, name } = options;
  await sealScope({ tx, lease, clusterUid: nobody });
  await tx('kind_states').where({ cluster: name }).delete();
  await tx('clusters').where({ name }).delete();
}
