import { Knex } from 'knex';
import { VisibleSet } from '../../../model/reads';
import { isIn } from '../../dialect';

/** Only what the reader may see; `undefined` when that is everything. */
export function isVisible(options: {
  knex: Knex;
  column: string;
  visible: VisibleSet;
}): Knex.Raw | undefined {
  const { knex, column, visible } = options;
  return visible === 'all'
    ? undefined
    : isIn({ knex, column, values: visible });
}
