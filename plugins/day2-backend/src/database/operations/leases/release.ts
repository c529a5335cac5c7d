import { Knex } from 'knex';
import { Lease } from '../../../model/types';

/** Says whether the lease was still ours to give back. */
export async function releaseLease(options: {
  knex: Knex;
  lease: Lease;
}): Promise<boolean> {
  const { scope, holder, epoch } = options.lease;
  const released = await options
    .knex('leases')
    .where({ scope, holder, epoch })
    .update({ holder: null, expires_at: 0 });
  return released === 1;
}
