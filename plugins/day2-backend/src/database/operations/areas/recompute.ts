import { Knex } from 'knex';
import { chunksOf, isIn, rowsOf } from '../../dialect';
import { ServiceAreaRow } from '../../rows';

/**
 * Makes the rows of one scope in `service_areas` what its items say, for these entities. Nobody else writes them.
 */
export async function recomputeAreas(options: {
  tx: Knex;
  scope: string;
  entityIds: readonly number[];
}): Promise<void> {
  const { tx, scope, entityIds } = options;
  if (entityIds.length === 0) {
    return;
  }
  // SQLite takes a CROSS JOIN in the order that is written, and left alone it reads every item of the scope.
  const wanted = await rowsOf<ServiceAreaRow>(
    tx.raw(
      `SELECT entity_id, environment, cluster, area, scope, item_id, health, rank, reason, since, severity FROM (
        SELECT l.entity_id, i.environment, i.cluster, i.area, i.scope, i.id AS item_id, i.health, i.rank, i.reason,
          i.since, i.severity, ROW_NUMBER() OVER (
            PARTITION BY l.entity_id, i.environment, i.cluster, i.area ORDER BY i.severity, i.id) AS place
        FROM item_entities l CROSS JOIN items i
        WHERE i.id = l.item_id AND ? AND i.scope = ?) AS ranked
      WHERE place = 1`,
      [isIn({ knex: tx, column: 'l.entity_id', values: entityIds }), scope],
    ),
  );
  const stored: ServiceAreaRow[] = await tx('service_areas')
    .where({ scope })
    .where(isIn({ knex: tx, column: 'entity_id', values: entityIds }));
  const before = new Map(stored.map(row => [keyOf(row), row]));
  const changed = wanted.filter(row => !isSame(before.get(keyOf(row)), row));
  const kept = new Set(wanted.map(keyOf));
  for (const row of stored) {
    if (!kept.has(keyOf(row))) {
      const { entity_id, environment, cluster, area } = row;
      await tx('service_areas')
        .where({ entity_id, environment, cluster, area, scope })
        .delete();
    }
  }
  for (const chunk of chunksOf(changed)) {
    await tx('service_areas')
      .insert(chunk)
      .onConflict(['entity_id', 'environment', 'cluster', 'area', 'scope'])
      .merge();
  }
}

function keyOf(row: ServiceAreaRow): string {
  return JSON.stringify([
    row.entity_id,
    row.environment,
    row.cluster,
    row.area,
  ]);
}

function isSame(a: ServiceAreaRow | undefined, b: ServiceAreaRow): boolean {
  return (
    a?.item_id === b.item_id &&
    a.severity === b.severity &&
    a.reason === b.reason
  );
}
