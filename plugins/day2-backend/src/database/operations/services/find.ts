import { Knex } from 'knex';
import { VisibleSet } from '../../../model/reads';
import { EntityRow, ServiceRow } from '../../rows';

export type FoundService = Pick<EntityRow, 'id' | 'ref' | 'annotations'> &
  Pick<ServiceRow, 'since'>;

/** A service by its ref, if the reader may see it. */
export async function findService(options: {
  knex: Knex;
  visible: VisibleSet;
  entityRef: string;
}): Promise<FoundService | undefined> {
  const { knex, visible, entityRef } = options;
  const row: FoundService | undefined = await knex('services as s')
    .join('entities as e', 'e.id', 's.entity_id')
    .select('e.id', 'e.ref', 'e.annotations', 's.since')
    .where({ 's.ref': entityRef.toLocaleLowerCase('en-US') })
    .first();
  return row && (visible === 'all' || visible.has(row.id)) ? row : undefined;
}
