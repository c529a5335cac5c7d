import { Knex } from 'knex';
import { Lease } from '../../../model/types';
import { databaseNow, isIn, rowsOf } from '../../dialect';
import { fence } from '../leases/fence';
import { staleAfterMs } from '../freshness/read';
import { clusterOf } from './clusterOf';

/**
 * The scope's cluster and these kinds answered now. A silence that ends here is kept for the history's lanes. The
 * revision stays: nothing that was read became wrong.
 */
export async function contactScope(options: {
  tx: Knex;
  lease: Lease;
  kinds: readonly string[];
}): Promise<void> {
  const { tx, lease, kinds } = options;
  await fence({ tx, lease, raise: false });
  const cluster = clusterOf(lease.scope);
  if (cluster === undefined) {
    return;
  }
  const [{ now }] = await rowsOf<{ now: number }>(
    tx.raw(`SELECT ${databaseNow(tx)} AS now`),
  );
  const row: { last_contact_at: number | null } | undefined = await tx(
    'clusters',
  )
    .select('last_contact_at')
    .where({ name: cluster })
    .first();
  const last = row?.last_contact_at ?? undefined;
  if (last !== undefined && now - last > staleAfterMs) {
    await tx('silences').insert({ cluster, from: last, to: now });
  }
  await tx('clusters')
    .where({ name: cluster })
    .update({ last_contact_at: now });
  if (kinds.length > 0) {
    const name = `CASE WHEN "group" = '' THEN kind ELSE kind || '.' || "group" END`;
    await tx('kind_states')
      .where({ cluster })
      .where(isIn({ knex: tx, column: name, values: kinds }))
      .update({ last_contact_at: now });
  }
}
