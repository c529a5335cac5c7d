import { ItemList, ItemsQuery } from '@day2ops/backstage-plugin-day2-common';
import { Knex } from 'knex';
import { VisibleSet } from '../../../model/reads';
import { createCursors, Cursor } from '../../cursor';
import { allOf, contains, isIn, rowsOf } from '../../dialect';
import { FullItemRow } from '../../rows';
import { bucketsOf, bucketSql } from '../../severity';
import { bindingSql, itemSeveritySql } from '../areas/effective';
import { Freshness } from '../freshness/read';
import { isVisible } from '../services/isVisible';
import { fullRef } from '../services/match';
import { entitiesOf } from './entitiesOf';
import { toItem } from './toItem';

type ItemsFilter = Omit<ItemsQuery, 'cursor' | 'limit'>;
type SeenRow = FullItemRow & { seen_severity: number };

/**
 * Judged things across services, worst first: those of entities that the reader may see, or with `unowned` those of no
 * entity.
 *
 * @throws InputError when the cursor is not one of ours for this filter
 */
export async function listItems(options: {
  knex: Knex;
  freshness: Freshness;
  visible: VisibleSet;
  query: ItemsQuery;
  cursorKey: string;
}): Promise<ItemList> {
  const { knex, freshness, visible, query, cursorKey } = options;
  const { cursor: text, limit, ...filter } = query;
  const cursors = createCursors({
    key: cursorKey,
    query: { items: true, ...filter },
  });
  const cursor = text === undefined ? undefined : cursors.decode(text);
  const matched = matchItems({ knex, freshness, visible, filter });
  const [[{ found }], rows] = await Promise.all([
    rowsOf<{ found: number | string }>(
      knex.raw('SELECT COUNT(*) AS found FROM (?) AS matched', [matched]),
    ),
    readRows({ knex, matched, cursor, limit: limit + 1 }),
  ]);
  const page = rows.slice(0, limit);
  const refs = await entitiesOf({
    knex,
    visible,
    itemIds: page.map(row => row.id),
  });
  const last = page.at(-1);
  return {
    items: page.map(row => ({
      ...toItem(row, freshness),
      entityRefs: refs.get(row.id) ?? [],
    })),
    totalItems: Number(found),
    ...(rows.length > limit &&
      last && {
        nextCursor: cursors.encode({
          way: 'next',
          value: last.seen_severity,
          id: last.id,
        }),
      }),
  };
}

/** Ids and severities of what the reader may see and the filter lets through. */
function matchItems(options: {
  knex: Knex;
  freshness: Freshness;
  visible: VisibleSet;
  filter: ItemsFilter;
}): Knex.Raw {
  const { knex, freshness, visible, filter } = options;
  const { health, owner, kind, unowned } = filter;
  const text = filter.text?.trim();
  const seen = knex.raw(
    'SELECT i.id, ? AS seen_severity FROM items i WHERE ?',
    [
      itemSeveritySql({ knex, freshness, alias: 'i' }),
      allOf(knex, [
        bindingSql({ knex, alias: 'i', binding: filter }),
        kind && isIn({ knex, column: 'i.kind', values: kind }),
        text ? contains({ knex, column: 'i.search', text }) : undefined,
        unowned
          ? knex.raw('NOT i.owned')
          : knex.raw(
              `i.id IN (SELECT l.item_id FROM item_entities l JOIN services s ON s.entity_id = l.entity_id WHERE ?)`,
              [
                allOf(knex, [
                  isVisible({ knex, column: 'l.entity_id', visible }),
                  owner && ownedBy(knex, owner),
                ]),
              ],
            ),
      ]),
    ],
  );
  return health
    ? knex.raw('SELECT * FROM (?) AS seen WHERE ?', [
        seen,
        isIn({
          knex,
          column: `CAST(${bucketSql('seen_severity')} AS INTEGER)`,
          values: health.flatMap(bucketsOf),
        }),
      ])
    : seen;
}

function ownedBy(knex: Knex, owner: readonly string[]): Knex.Raw {
  return knex.raw(
    'l.entity_id IN (SELECT o.entity_id FROM entity_owners o WHERE ?)',
    [
      isIn({
        knex,
        column: 'o.owner_ref',
        values: owner.map(one => fullRef(one, 'group')),
      }),
    ],
  );
}

async function readRows(options: {
  knex: Knex;
  matched: Knex.Raw;
  cursor: Cursor | undefined;
  limit: number;
}): Promise<SeenRow[]> {
  const { knex, matched, cursor, limit } = options;
  const after = cursor
    ? knex.raw('seen_severity > ? OR (seen_severity = ? AND id > ?)', [
        cursor.value,
        cursor.value,
        cursor.id,
      ])
    : undefined;
  return rowsOf<SeenRow>(
    knex.raw(
      `SELECT i.*, d.links, d.evidence, page.seen_severity FROM (
        SELECT * FROM (?) AS matched WHERE ? ORDER BY seen_severity, id LIMIT ?) AS page
      JOIN items i ON i.id = page.id JOIN item_details d ON d.item_id = i.id
      ORDER BY page.seen_severity, page.id`,
      [matched, allOf(knex, [after]), limit],
    ),
  );
}
