import { Knex } from 'knex';
import { Lease } from '../../../model/types';
import { databaseNow } from '../../dialect';
import { leaseMs } from './acquire';

/** Also extends a lease that ran out, as long as nobody took the scope since: the epoch tells. */
export async function renewLease(options: {
  knex: Knex;
  lease: Lease;
}): Promise<boolean> {
  const { knex, lease } = options;
  const { scope, holder, epoch } = lease;
  const renewed = await knex('leases')
    .where({ scope, holder, epoch })
    .update({ expires_at: knex.raw(`${databaseNow(knex)} + ${leaseMs}`) });
  return renewed === 1;
}
