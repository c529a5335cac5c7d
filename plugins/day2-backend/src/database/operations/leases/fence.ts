import { Knex } from 'knex';
import { Lease } from '../../../model/types';
import { rowsOf } from '../../dialect';
import { LeaseLostError } from '../../LeaseLostError';

/**
 * The first statement of every write transaction: locks the scope's row, so that no other holder's write can come
 * between, and refuses when it is not ours. Returns the scope's revision, raised unless `raise` is false.
 */
export async function fence(options: {
  tx: Knex;
  lease: Lease;
  raise?: boolean;
}): Promise<number> {
  const { tx, lease, raise = true } = options;
  const { scope, holder, epoch } = lease;
  const [row] = await rowsOf<{ revision: number }>(
    tx.raw(
      `UPDATE leases SET revision = revision + ?
      WHERE scope = ? AND holder = ? AND epoch = ? RETURNING revision`,
      [raise ? 1 : 0, scope, holder, epoch],
    ),
  );
  if (!row) {
    throw new LeaseLostError(`${holder} no longer holds ${scope}`);
  }
  return row.revision;
}
