import { Knex } from 'knex';
import { JudgedItem } from '../../../model/types';
import { chunksOf, isIn } from '../../dialect';
import { ItemEntityRow } from '../../rows';

/** Makes the links of these items what they are now; writes only what differs from `stored`. */
export async function linkItems(options: {
  tx: Knex;
  items: readonly JudgedItem[];
  /** Links of these items as they are stored, by item. */
  stored: ReadonlyMap<string, readonly ItemEntityRow[]>;
}): Promise<void> {
  const { tx, items, stored } = options;
  const changed = items.filter(
    item => keyOf(linksOf(item)) !== keyOf(stored.get(item.id) ?? []),
  );
  const cleared = changed
    .filter(item => stored.has(item.id))
    .map(item => item.id);
  if (cleared.length > 0) {
    await tx('item_entities')
      .where(isIn({ knex: tx, column: 'item_id', values: cleared }))
      .delete();
  }
  for (const chunk of chunksOf(changed.flatMap(linksOf))) {
    await tx('item_entities').insert(chunk);
  }
}

function linksOf(item: JudgedItem): ItemEntityRow[] {
  const byEntity = new Map(item.entities.map(link => [link.entityId, link]));
  return [...byEntity.values()].map(link => ({
    item_id: item.id,
    entity_id: link.entityId,
    proof: link.proof,
    unexpected_namespace: link.unexpectedNamespace,
  }));
}

function keyOf(rows: readonly ItemEntityRow[]): string {
  return rows
    .map(
      row =>
        `${row.entity_id} ${row.proof} ${Boolean(row.unexpected_namespace)}`,
    )
    .sort()
    .join();
}
