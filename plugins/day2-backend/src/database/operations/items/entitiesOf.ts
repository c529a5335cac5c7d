import { Knex } from 'knex';
import { VisibleSet } from '../../../model/reads';
import { allOf, isIn, rowsOf } from '../../dialect';
import { isVisible } from '../services/isVisible';

/** Refs of the entities that items are joined to and the reader may see, by item. */
export async function entitiesOf(options: {
  knex: Knex;
  visible: VisibleSet;
  itemIds: readonly string[];
}): Promise<ReadonlyMap<string, string[]>> {
  const { knex, visible, itemIds } = options;
  const rows = await rowsOf<{ item_id: string; ref: string }>(
    knex.raw(
      `SELECT l.item_id, e.ref FROM item_entities l JOIN entities e ON e.id = l.entity_id
      WHERE e.gone_at IS NULL AND ? ORDER BY e.ref`,
      [
        allOf(knex, [
          isIn({ knex, column: 'l.item_id', values: itemIds }),
          isVisible({ knex, column: 'l.entity_id', visible }),
        ]),
      ],
    ),
  );
  const refs = new Map<string, string[]>();
  for (const row of rows) {
    refs.set(row.item_id, [...(refs.get(row.item_id) ?? []), row.ref]);
  }
  return refs;
}
