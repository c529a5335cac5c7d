import { Cluster } from '@day2ops/backstage-plugin-day2-common';
import { Knex } from 'knex';
import { VisibleSet } from '../../../model/reads';
import { allOf, rowsOf } from '../../dialect';
import { ClusterRow, FullItemRow, KindStateRow } from '../../rows';
import { toMoment } from '../../wire';
import { Freshness } from '../freshness/read';
import { toItem } from '../items/toItem';
import { isVisible } from '../services/isVisible';
import { seenState, silentMessage } from './seen';

/** The worst, where clusters have more in all. */
const maxNodes = 5000;

interface Counts {
  services: number;
  items: number;
  unowned: number;
}

/**
 * Clusters, those first that cannot be read. Services and items are counted as far as the reader may see them; items of
 * no entity are everybody's who may read clusters.
 */
export async function listClusters(options: {
  knex: Knex;
  freshness: Freshness;
  visible: VisibleSet;
}): Promise<Cluster[]> {
  const { knex, freshness } = options;
  const [counts, nodes] = await Promise.all([
    readCounts(options),
    readNodes(knex),
  ]);
  const nodesOf = (cluster: string) =>
    nodes
      .filter(row => row.cluster === cluster)
      .map(row => toItem(row, freshness));
  return [...freshness.clusters.values()]
    .sort(
      (a, b) =>
        Number(freshness.silent.has(b.name)) -
          Number(freshness.silent.has(a.name)) || (a.name < b.name ? -1 : 1),
    )
    .map(row => ({
      ...clusterOf(row, freshness),
      ...(counts.get(row.name) ?? { services: 0, items: 0, unowned: 0 }),
      kinds: freshness.kinds
        .filter(kind => kind.cluster === row.name)
        .map(kindOf)
        .sort((a, b) => (a.kind < b.kind ? -1 : 1)),
      nodes: nodesOf(row.name),
    }));
}

async function readNodes(knex: Knex): Promise<FullItemRow[]> {
  return knex('items as i')
    .join('item_details as d', 'd.item_id', 'i.id')
    .select('i.*', 'd.links', 'd.evidence')
    .where({ 'i.kind': 'Node', 'i.group': '' })
    .orderBy('i.severity')
    .orderBy('i.name')
    .limit(maxNodes);
}

async function readCounts(options: {
  knex: Knex;
  visible: VisibleSet;
}): Promise<ReadonlyMap<string, Counts>> {
  const { knex, visible } = options;
  const seen = allOf(knex, [
    isVisible({ knex, column: 'l.entity_id', visible }),
  ]);
  type Row = { cluster: string; found: number | string };
  const [services, owned, unowned] = await Promise.all([
    rowsOf<Row>(
      knex.raw(
        `SELECT l.cluster, COUNT(DISTINCT l.entity_id) AS found FROM service_areas l
        JOIN services s ON s.entity_id = l.entity_id WHERE ? GROUP BY l.cluster`,
        [seen],
      ),
    ),
    rowsOf<Row>(
      knex.raw(
        `SELECT i.cluster, COUNT(DISTINCT i.id) AS found FROM items i
        JOIN item_entities l ON l.item_id = i.id WHERE ? GROUP BY i.cluster`,
        [seen],
      ),
    ),
    rowsOf<Row>(
      knex.raw(
        'SELECT cluster, COUNT(*) AS found FROM items WHERE NOT owned GROUP BY cluster',
      ),
    ),
  ]);
  const counts = new Map<string, Counts>();
  const add = (rows: Row[], change: (one: Counts, found: number) => Counts) => {
    for (const { cluster, found } of rows) {
      const before = counts.get(cluster) ?? {
        services: 0,
        items: 0,
        unowned: 0,
      };
      counts.set(cluster, change(before, Number(found)));
    }
  };
  add(services, (one, found) => ({ ...one, services: found }));
  add(owned, (one, found) => ({ ...one, items: one.items + found }));
  add(unowned, (one, found) => ({
    ...one,
    items: one.items + found,
    unowned: found,
  }));
  return counts;
}

function clusterOf(
  row: ClusterRow,
  freshness: Freshness,
): Omit<Cluster, keyof Counts | 'kinds' | 'nodes'> {
  const { state, since } = seenState(row, freshness);
  const verdict =
    state === row.state
      ? {
          health: row.health,
          reason: row.reason,
          params: JSON.parse(row.params),
          message: row.message,
        }
      : {
          health: 'unknown' as const,
          reason: 'Stale',
          params: { cluster: row.name },
          message: silentMessage(row),
        };
  return {
    ...verdict,
    name: row.name,
    title: row.title,
    environment: row.environment,
    uid: row.uid,
    version: row.version,
    state,
    since: toMoment(since),
    lastContactAt: toMoment(row.last_contact_at),
    nextAttemptAt: toMoment(row.next_attempt_at),
    warnings: JSON.parse(row.warnings),
    missingRules: row.missing_rules,
  };
}

function kindOf(row: KindStateRow): Cluster['kinds'][number] {
  return {
    source: row.source,
    group: row.group,
    kind: row.kind,
    state: row.state,
    since: toMoment(row.since),
    lastContactAt: toMoment(row.last_contact_at),
    objects: row.objects,
    quarantined: row.quarantined,
    message: row.message,
  };
}
