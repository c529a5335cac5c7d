import { ServiceList } from '@day2ops/backstage-plugin-day2-common';
import { Knex } from 'knex';
import { VisibleSet } from '../../../model/reads';
import { allOf, rowsOf } from '../../dialect';
import { ServiceShape } from '../../rows';
import { isVisible } from './isVisible';

type Facets = NonNullable<ServiceList['facets']>;
interface Counted {
  value: string;
  found: number | string;
}

/** What filters there are over everything visible. */
export async function readFacets(options: {
  knex: Knex;
  visible: VisibleSet;
}): Promise<Facets> {
  const { knex, visible } = options;
  const seen = allOf(knex, [
    isVisible({ knex, column: 's.entity_id', visible }),
  ]);
  const [shapes, systems, owners] = await Promise.all([
    rowsOf<Counted>(
      knex.raw(
        'SELECT s.shape AS value, COUNT(*) AS found FROM services s WHERE ? GROUP BY s.shape',
        [seen],
      ),
    ),
    rowsOf<Counted>(
      knex.raw(
        `SELECT e.system_ref AS value, COUNT(*) AS found FROM services s JOIN entities e ON e.id = s.entity_id
        WHERE ? AND e.system_ref IS NOT NULL GROUP BY e.system_ref`,
        [seen],
      ),
    ),
    rowsOf<Counted>(
      knex.raw(
        `SELECT o.owner_ref AS value, COUNT(*) AS found FROM services s
        JOIN entity_owners o ON o.entity_id = s.entity_id WHERE ? GROUP BY o.owner_ref`,
        [seen],
      ),
    ),
  ]);
  const parsed = shapes.map(row => ({
    shape: JSON.parse(row.value) as ServiceShape,
    found: Number(row.found),
  }));
  const over = (values: (shape: ServiceShape) => readonly string[]) =>
    facetOf(
      parsed.flatMap(({ shape, found }) =>
        values(shape).map(value => ({ value, found })),
      ),
    );
  return {
    system: facetOf(systems),
    environment: over(shape => shape.environments),
    cluster: over(shape => shape.clusters),
    area: over(shape => shape.areas),
    owner: facetOf(owners),
  };
}

function facetOf(counted: readonly Counted[]): Facets['system'] {
  const counts = new Map<string, number>();
  for (const { value, found } of counted) {
    counts.set(value, (counts.get(value) ?? 0) + Number(found));
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
