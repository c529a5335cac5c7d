import {
  healths,
  ServiceList,
  ServicesQuery,
} from '@day2ops/backstage-plugin-day2-common';
import { Knex } from 'knex';
import { VisibleSet } from '../../../model/reads';
import { createCursors } from '../../cursor';
import { Freshness } from '../freshness/read';
import { readFacets } from './facets';
import { matchServices } from './match';
import { PageRow, readPage } from './page';
import { summarizeServices } from './summarize';

/**
 * A page of the fleet, as the reader may see it. Stale things are unknown in filter, counts and order.
 *
 * @throws InputError when the cursor is not one of ours for this filter and sort
 */
export async function listServices(options: {
  knex: Knex;
  freshness: Freshness;
  visible: VisibleSet;
  query: ServicesQuery;
  cursorKey: string;
}): Promise<ServiceList> {
  const { knex, freshness, visible, query, cursorKey } = options;
  const { cursor: text, limit, ...filter } = query;
  const cursors = createCursors({ key: cursorKey, query: filter });
  const cursor = text === undefined ? undefined : cursors.decode(text);
  const matched = matchServices({ knex, freshness, visible, filter });
  const { health, sort } = filter;
  const [page, facets] = await Promise.all([
    readPage({ knex, matched, health, sort, cursor, limit }),
    cursor ? undefined : readFacets({ knex, visible }),
  ]);
  const { rows, counts, more } = page;
  const items = await summarizeServices({
    knex,
    freshness,
    binding: filter,
    entityIds: rows.map(row => row.entity_id),
  });
  const backwards = cursor?.way === 'previous';
  const to = (way: 'next' | 'previous', row: PageRow | undefined) =>
    row && cursors.encode({ way, value: row.value, id: row.entity_id });
  const next = backwards || more ? to('next', rows.at(-1)) : undefined;
  const isFirst = backwards ? !more : !cursor;
  const previous = isFirst ? undefined : to('previous', rows[0]);
  return {
    items,
    totalItems: [...new Set(health ?? healths)].reduce(
      (sum, one) => sum + counts[one],
      0,
    ),
    counts,
    ...(facets && { facets }),
    ...(next && { nextCursor: next }),
    ...(previous && { previousCursor: previous }),
  };
}
