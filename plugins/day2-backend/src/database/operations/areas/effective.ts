import { Knex } from 'knex';
import { allOf, isIn } from '../../dialect';
import { staleSeveritySql } from '../../severity';
import { Freshness, staleKeySql } from '../freshness/read';

/** What a health binds to: only these places count. */
export interface Binding {
  area?: readonly string[];
  environment?: readonly string[];
  cluster?: readonly string[];
}

export function isBound(binding: Binding): boolean {
  return Boolean(binding.area ?? binding.environment ?? binding.cluster);
}

/** The binding over the columns of `service_areas` or `items`. */
export function bindingSql(options: {
  knex: Knex;
  alias: string;
  binding: Binding;
}): Knex.Raw {
  const { knex, alias, binding } = options;
  const { area, environment, cluster } = binding;
  const one = (column: string, values: readonly string[] | undefined) =>
    values && isIn({ knex, column: `${alias}.${column}`, values });
  return allOf(knex, [
    one('area', area),
    one('environment', environment),
    one('cluster', cluster),
  ]);
}

/** Severity of a row of `items` as it is now: stale where its kind or cluster has not been heard of. */
export function itemSeveritySql(options: {
  knex: Knex;
  freshness: Freshness;
  alias: string;
}): Knex.Raw {
  const { knex, freshness, alias } = options;
  const { silent, staleKinds } = freshness;
  if (silent.size === 0 && staleKinds.size === 0) {
    return knex.raw(`${alias}.severity`);
  }
  return knex.raw(
    `CASE WHEN ? OR ? THEN ${staleSeveritySql(
      alias,
    )} ELSE ${alias}.severity END`,
    [
      isIn({ knex, column: `${alias}.cluster`, values: silent }),
      isIn({ knex, column: staleKeySql(alias), values: staleKinds }),
    ],
  );
}

/**
 * `service_areas` as they are now: a SELECT of entity_id, environment, cluster, area, item_id and severity. Where a
 * whole cluster is silent, its rows say enough; where only some kinds are stale, the items behind them must be asked.
 *
 * @param options.entities - only these, where they are few
 * @param options.having - only entities that have something in one of these clusters, which hold all that are partial
 */
export function effectiveAreas(options: {
  knex: Knex;
  freshness: Freshness;
  binding: Binding;
  entities?: readonly number[];
  having?: Knex.Raw;
}): Knex.Raw {
  const { knex, freshness, binding, entities, having } = options;
  const own = (column: string) =>
    entities && isIn({ knex, column, values: entities });
  const { silent, partial } = freshness;
  const severity =
    silent.size === 0
      ? knex.raw('a.severity')
      : knex.raw(
          `CASE WHEN ? THEN ${staleSeveritySql('a')} ELSE a.severity END`,
          [isIn({ knex, column: 'a.cluster', values: silent })],
        );
  const kept = knex.raw(
    `SELECT a.entity_id, a.environment, a.cluster, a.area, a.item_id, ? AS severity
    FROM service_areas a WHERE ?`,
    [
      severity,
      allOf(knex, [
        bindingSql({ knex, alias: 'a', binding }),
        partial.size > 0
          ? knex.raw('NOT ?', [
              isIn({ knex, column: 'a.cluster', values: partial }),
            ])
          : undefined,
        own('a.entity_id'),
        having && knex.raw('a.entity_id IN (?)', [having]),
      ]),
    ],
  );
  if (partial.size === 0) {
    return kept;
  }
  // SQLite takes a CROSS JOIN in the order that is written, and left alone it tries each entity for each item.
  const tables = entities
    ? 'item_entities l CROSS JOIN items i'
    : 'items i CROSS JOIN item_entities l';
  const asked = knex.raw(
    `SELECT l.entity_id, i.environment, i.cluster, i.area, i.id AS item_id, ? AS severity
    FROM ${tables} WHERE l.item_id = i.id AND ?`,
    [
      itemSeveritySql({ knex, freshness, alias: 'i' }),
      allOf(knex, [
        bindingSql({ knex, alias: 'i', binding }),
        isIn({ knex, column: 'i.cluster', values: partial }),
        own('l.entity_id'),
      ]),
    ],
  );
  return knex.raw('? UNION ALL ?', [kept, asked]);
}
