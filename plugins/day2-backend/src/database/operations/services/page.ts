import {
  Health,
  healths,
  ServicesQuery,
} from '@day2ops/backstage-plugin-day2-common';
import { Knex } from 'knex';
import { Cursor } from '../../cursor';
import { allOf, isIn, rowsOf } from '../../dialect';
import { bucketsOf, bucketSql, healthOfBucket, sinceSql } from '../../severity';

export interface PageRow {
  entity_id: number;
  name: string;
  severity: number;
  value: string | number;
}

interface PageOptions {
  knex: Knex;
  matched: Knex.Raw;
  health: readonly Health[] | undefined;
  sort: ServicesQuery['sort'];
  cursor: Cursor | undefined;
  limit: number;
}

type ResultRow = PageRow & { bucket: number | null; found: number | string };

const sorts = {
  health: { column: 'severity', descending: false },
  service: { column: 'name', descending: false },
  since: { column: sinceSql('severity'), descending: true },
} satisfies Record<
  ServicesQuery['sort'],
  { column: string; descending: boolean }
>;

const zeroCounts = Object.freeze(
  Object.fromEntries(healths.map(health => [health, 0])) as Record<
    Health,
    number
  >,
);

/**
 * One page of what matched, and how many there are of each health, in one statement that computes the matches once.
 */
export async function readPage(options: PageOptions): Promise<{
  counts: Record<Health, number>;
  rows: PageRow[];
  /** Rows beyond the page in the direction of reading. */
  more: boolean;
}> {
  const { limit, cursor } = options;
  const result = await readResult(options);
  const counts = { ...zeroCounts };
  for (const row of result) {
    if (row.bucket !== null) {
      counts[healthOfBucket(row.bucket)] += Number(row.found);
    }
  }
  const found = result.filter(row => row.bucket === null);
  const rows = found.slice(0, limit);
  return {
    counts,
    rows: cursor?.way === 'previous' ? rows.reverse() : rows,
    more: found.length > limit,
  };
}

async function readResult(options: PageOptions): Promise<ResultRow[]> {
  const { knex, matched, health, sort, cursor, limit } = options;
  const { column } = sorts[sort];
  const bucket = bucketSql('severity');
  const backwards = cursor?.way === 'previous';
  const falling = sorts[sort].descending !== backwards;
  const conditions = [
    health &&
      isIn({
        knex,
        column: `CAST(${bucket} AS INTEGER)`,
        values: health.flatMap(bucketsOf),
      }),
    cursor &&
      knex.raw(
        `${column} ${falling ? '<' : '>'} ? OR (${column} = ? AND entity_id ${
          backwards ? '<' : '>'
        } ?)`,
        [cursor.value, cursor.value, cursor.id],
      ),
  ];
  const order = `${column} ${falling ? 'DESC' : 'ASC'}, entity_id ${
    backwards ? 'DESC' : 'ASC'
  }`;
  return rowsOf<ResultRow>(
    knex.raw(
      `WITH matched AS MATERIALIZED (?)
      SELECT ${bucket} AS bucket, COUNT(*) AS found, NULL AS place,
        NULL AS entity_id, NULL AS name, NULL AS severity, NULL AS value FROM matched GROUP BY 1
      UNION ALL SELECT CAST(NULL AS INTEGER) AS bucket, 0 AS found, ROW_NUMBER() OVER (ORDER BY ${order}) AS place,
        entity_id, name, severity, ${column} AS value FROM (
        SELECT entity_id, name, severity FROM matched WHERE ? ORDER BY ${order} LIMIT ?) AS page
      ORDER BY place`,
      [matched, allOf(knex, conditions), limit + 1],
    ),
  );
}
