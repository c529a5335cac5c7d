import { Knex } from 'knex';
import { rowsOf } from '../../dialect';
import { readFreshness } from './read';

/** How often the age of data that did not change is told anew. */
const observedStepMs = 30_000;

/**
 * Everything that answers depend on: revisions of scopes and entities, what is stale, and, in steps of 30 s, when things
 * were last heard of, so that an unchanged answer does not look old.
 */
export async function readVersion(options: {
  knex: Knex;
}): Promise<readonly string[]> {
  const { knex } = options;
  const [scopes, [entities], freshness] = await Promise.all([
    rowsOf<{ scope: string; revision: number }>(
      knex.raw('SELECT scope, revision FROM leases ORDER BY scope'),
    ),
    rowsOf<{ known: number | null; listed: number | string }>(
      knex.raw(
        'SELECT MAX(revision) AS known, COUNT(*) AS listed FROM entities',
      ),
    ),
    readFreshness({ knex }),
  ]);
  const observed = [...freshness.clusters.values()].map(
    row =>
      `${row.name} ${row.state} ${Math.floor(
        (row.last_contact_at ?? 0) / observedStepMs,
      )}`,
  );
  return [
    ...scopes.map(row => `${row.scope} ${row.revision}`),
    `entities ${entities.known ?? 0} ${entities.listed}`,
    `silent ${[...freshness.silent].sort().join()}`,
    `stale ${[...freshness.staleKinds].sort().join()}`,
    ...observed.sort(),
  ];
}
