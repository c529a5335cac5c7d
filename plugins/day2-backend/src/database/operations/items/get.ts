import { Item } from '@day2ops/backstage-plugin-day2-common';
import { Knex } from 'knex';
import { VisibleSet } from '../../../model/reads';
import { FullItemRow, ItemEntityRow } from '../../rows';
import { Freshness } from '../freshness/read';
import { findService } from '../services/find';
import { entitiesOf } from './entitiesOf';
import { linkFields, toItem } from './toItem';

type LinkedItemRow = FullItemRow &
  Pick<ItemEntityRow, 'proof' | 'unexpected_namespace'>;

/** One item of a service that the reader may see. */
export async function getItem(options: {
  knex: Knex;
  freshness: Freshness;
  visible: VisibleSet;
  entityRef: string;
  itemId: string;
}): Promise<Item | undefined> {
  const { knex, freshness, visible, itemId } = options;
  const service = await findService(options);
  if (!service) {
    return undefined;
  }
  const row: LinkedItemRow | undefined = await knex('items as i')
    .join('item_entities as l', 'l.item_id', 'i.id')
    .join('item_details as d', 'd.item_id', 'i.id')
    .select('i.*', 'd.links', 'd.evidence', 'l.proof', 'l.unexpected_namespace')
    .where({ 'i.id': itemId, 'l.entity_id': service.id })
    .first();
  if (!row) {
    return undefined;
  }
  const refs = await entitiesOf({ knex, visible, itemIds: [itemId] });
  return {
    ...toItem(row, freshness),
    ...linkFields(
      row,
      (refs.get(itemId) ?? []).filter(ref => ref !== service.ref),
    ),
  };
}
