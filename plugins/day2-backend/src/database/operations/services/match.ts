import { ServicesQuery } from '@day2ops/backstage-plugin-day2-common';
import { Knex } from 'knex';
import { VisibleSet } from '../../../model/reads';
import { allOf, contains, isIn } from '../../dialect';
import {
  Binding,
  bindingSql,
  effectiveAreas,
  isBound,
} from '../areas/effective';
import { Freshness } from '../freshness/read';
import { isVisible } from './isVisible';

type ServicesFilter = Omit<ServicesQuery, 'cursor' | 'limit' | 'sort'>;

/** A ref as written in a filter: `team`, `infra/team` and `group:infra/team` name an owner alike. */
export function fullRef(value: string, kind: string): string {
  const name = value.toLocaleLowerCase('en-US');
  if (name.includes(':')) {
    return name;
  }
  return name.includes('/') ? `${kind}:${name}` : `${kind}:default/${name}`;
}

/**
 * Services that the reader may see and that pass every filter but health: a SELECT of entity_id, name and severity,
 * the severity that of the worst place that the filter binds to.
 */
export function matchServices(options: {
  knex: Knex;
  freshness: Freshness;
  visible: VisibleSet;
  filter: ServicesFilter;
}): Knex.Raw {
  const { knex, freshness, visible, filter } = options;
  const conditions = [
    isVisible({ knex, column: 's.entity_id', visible }),
    ...entityConditions(knex, filter),
    ...itemConditions(knex, filter),
  ];
  const { system, domain, text } = filter;
  const entities =
    system || domain || text ? 'JOIN entities e ON e.id = s.entity_id' : '';
  const worst = worstPlaces({ knex, freshness, binding: filter });
  const where = allOf(knex, conditions);
  return worst
    ? knex.raw(
        `WITH worst AS MATERIALIZED (?) SELECT s.entity_id, s.name, worst.severity FROM worst
        JOIN services s ON s.entity_id = worst.entity_id ${entities} WHERE ?`,
        [worst, where],
      )
    : knex.raw(
        `SELECT s.entity_id, s.name, s.severity FROM services s ${entities} WHERE ?`,
        [where],
      );
}

/** Severities of services, where they are not those that are stored. */
function worstPlaces(options: {
  knex: Knex;
  freshness: Freshness;
  binding: Binding;
}): Knex.Raw | undefined {
  const { knex, freshness, binding } = options;
  const bound = isBound(binding);
  const allSeen =
    freshness.silent.size === 0 && freshness.staleKinds.size === 0;
  if (!bound && allSeen) {
    return undefined;
  }
  const worstOf = (having?: Knex.Raw) =>
    knex.raw(
      'SELECT entity_id, MIN(severity) AS severity FROM (?) AS areas GROUP BY entity_id',
      [effectiveAreas({ knex, freshness, binding, having })],
    );
  if (bound) {
    return worstOf();
  }
  // Services that have nothing in the clusters concerned are as they are stored.
  const clusters = [...freshness.silent, ...freshness.partial];
  const concerned = knex.raw(
    'SELECT c.entity_id FROM service_areas c WHERE ?',
    [isIn({ knex, column: 'c.cluster', values: clusters })],
  );
  return knex.raw(
    '? UNION ALL SELECT entity_id, severity FROM services WHERE entity_id NOT IN (?)',
    [worstOf(concerned), concerned],
  );
}

function entityConditions(
  knex: Knex,
  filter: ServicesFilter,
): (Knex.Raw | undefined)[] {
  const refs = (
    column: string,
    values: readonly string[] | undefined,
    kind: string,
  ) =>
    values &&
    isIn({ knex, column, values: values.map(one => fullRef(one, kind)) });
  const owned = refs('o.owner_ref', filter.owner, 'group');
  return [
    owned &&
      knex.raw(
        's.entity_id IN (SELECT o.entity_id FROM entity_owners o WHERE ?)',
        [owned],
      ),
    refs('e.system_ref', filter.system, 'system'),
    refs('e.domain_ref', filter.domain, 'domain'),
    refs('s.ref', filter.entity, 'component'),
  ];
}

function itemConditions(
  knex: Knex,
  filter: ServicesFilter,
): (Knex.Raw | undefined)[] {
  const { kind, text } = filter;
  const withItem = (condition: Knex.Raw) =>
    knex.raw(
      `s.entity_id IN (SELECT l.entity_id FROM item_entities l
        WHERE l.item_id IN (SELECT i.id FROM items i WHERE ?))`,
      [
        allOf(knex, [
          condition,
          bindingSql({ knex, alias: 'i', binding: filter }),
        ]),
      ],
    );
  const words = text?.trim();
  return [
    kind && withItem(isIn({ knex, column: 'i.kind', values: kind })),
    words
      ? knex.raw('? OR ? OR ?', [
          contains({ knex, column: 's.ref', text: words }),
          contains({
            knex,
            column: `LOWER(COALESCE(e.title, ''))`,
            text: words,
          }),
          withItem(contains({ knex, column: 'i.search', text: words })),
        ])
      : undefined,
  ];
}
