import { Knex } from 'knex';
import { Lease } from '../../../model/types';
import { chunksOf, databaseNow, isIn, rowsOf } from '../../dialect';
import { ItemEntityRow, ItemRow } from '../../rows';
import { recomputeAreas } from '../areas/recompute';
import { fence } from '../leases/fence';
import { deriveServices } from '../services/derive';
import { recordTransitions } from '../transitions/record';
import { clusterOf } from './clusterOf';

/**
 * Ends the history of the items of clusters that answered under this name before, and forgets them. Does nothing while
 * it is the same cluster.
 *
 * @returns refs of the entities whose services changed
 */
export async function sealScope(options: {
  tx: Knex;
  lease: Lease;
  clusterUid: string;
}): Promise<string[]> {
  const { tx, lease, clusterUid } = options;
  const { scope } = lease;
  await fence({ tx, lease });
  const [{ now }] = await rowsOf<{ now: number }>(
    tx.raw(`SELECT ${databaseNow(tx)} AS now`),
  );
  const old: ItemRow[] = await tx('items')
    .where({ scope })
    .whereNot({ cluster_uid: clusterUid });
  const entityIds = new Set<number>();
  for (const chunk of chunksOf(old)) {
    for (const entityId of await forget({ tx, scope, items: chunk, now })) {
      entityIds.add(entityId);
    }
  }
  const cluster = clusterOf(scope);
  if (cluster !== undefined && old.length > 0) {
    await tx('kind_states').where({ cluster }).delete();
  }
  await recomputeAreas({ tx, scope, entityIds: [...entityIds] });
  return deriveServices(tx, entityIds);
}

async function forget(options: {
  tx: Knex;
  scope: string;
  items: readonly ItemRow[];
  now: number;
}): Promise<number[]> {
  const { tx, scope, items, now } = options;
  const ids = items.map(item => item.id);
  const own = (column: string) => isIn({ knex: tx, column, values: ids });
  const links: ItemEntityRow[] = await tx('item_entities').where(
    own('item_id'),
  );
  await recordTransitions({
    tx,
    scope,
    records: items.map(item => ({
      transition: {
        itemId: item.id,
        at: Math.max(now, item.since),
        from: { health: item.health, reason: item.reason },
        to: undefined,
        observedLate: true,
        times: 1,
      },
      subject: {
        cluster: item.cluster,
        cluster_uid: item.cluster_uid,
        environment: item.environment,
        area: item.area,
        kind: item.kind,
        namespace: item.namespace,
        name: item.name,
      },
      entityIds: links
        .filter(link => link.item_id === item.id)
        .map(link => link.entity_id),
    })),
  });
  await tx('item_entities').where(own('item_id')).delete();
  await tx('item_details').where(own('item_id')).delete();
  await tx('items').where(own('id')).delete();
  return links.map(link => link.entity_id);
}
