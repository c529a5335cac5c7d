import {
  annotationNames,
  areas,
  Item,
  ServiceReport,
  sortRank,
} from '@day2ops/backstage-plugin-day2-common';
import { Knex } from 'knex';
import { VisibleSet } from '../../../model/reads';
import { rowsOf } from '../../dialect';
import { FullItemRow, ItemEntityRow } from '../../rows';
import { toMoment } from '../../wire';
import { itemSeveritySql } from '../areas/effective';
import { clusterFreshness } from '../clusters/seen';
import { Freshness } from '../freshness/read';
import { emptyVerdict } from '../freshness/staleVerdict';
import { entitiesOf } from '../items/entitiesOf';
import { linkFields, toItem } from '../items/toItem';
import { FoundService, findService } from '../services/find';
import { unknownsOf } from './unknowns';

/** More items than a person reads; the worst are shown. */
const maxItems = 500;

type LinkedItemRow = FullItemRow &
  Pick<ItemEntityRow, 'proof' | 'unexpected_namespace'>;

/** Everything known of one service now; `undefined` when there is none that the reader may see. */
export async function getReport(options: {
  knex: Knex;
  freshness: Freshness;
  visible: VisibleSet;
  entityRef: string;
}): Promise<ServiceReport | undefined> {
  const { knex, freshness, visible } = options;
  const service = await findService(options);
  if (!service) {
    return undefined;
  }
  const rows = await rowsOf<LinkedItemRow>(
    knex.raw(
      `SELECT i.*, d.links, d.evidence, l.proof, l.unexpected_namespace FROM item_entities l
      JOIN items i ON i.id = l.item_id JOIN item_details d ON d.item_id = i.id
      WHERE l.entity_id = ? ORDER BY ?, i.id LIMIT ${maxItems}`,
      [service.id, itemSeveritySql({ knex, freshness, alias: 'i' })],
    ),
  );
  const itemIds = rows.map(row => row.id);
  const refs = await entitiesOf({ knex, visible, itemIds });
  const items = rows.map(row => ({
    ...toItem(row, freshness),
    ...linkFields(
      row,
      (refs.get(row.id) ?? []).filter(ref => ref !== service.ref),
    ),
  }));
  const clusters = new Set([
    ...items.map(item => item.cluster),
    ...claimedClusters(service),
  ]);
  return {
    entityRef: service.ref,
    ...overall({ service, items, freshness }),
    areas: groupByArea(items),
    unknown: unknownsOf(clusters, freshness),
    freshness: [...clusters].sort().flatMap(name => {
      const row = freshness.clusters.get(name);
      return row ? [clusterFreshness(row, freshness)] : [];
    }),
  };
}

/** Clusters that the entity's own annotations name. */
function claimedClusters(service: FoundService): string[] {
  const annotations: Record<string, unknown> = JSON.parse(service.annotations);
  const named = annotations[annotationNames.kubernetesCluster];
  return typeof named === 'string' && named !== '' ? [named] : [];
}

/** The verdict of the worst item; items come worst first. */
function overall(options: {
  service: FoundService;
  items: readonly Item[];
  freshness: Freshness;
}) {
  const { service, items, freshness } = options;
  const [worst] = items;
  if (!worst) {
    return {
      ...emptyVerdict(freshness, service.since),
      since: toMoment(service.since),
    };
  }
  const { health, reason, params, message, since, lastKnown } = worst;
  return {
    health,
    reason,
    params,
    message,
    since,
    ...(lastKnown && { lastKnown }),
  };
}

function groupByArea(items: readonly Item[]): ServiceReport['areas'] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const key = JSON.stringify([item.area, item.environment]);
    const group = groups.get(key);
    if (group) {
      group.push(item);
    } else {
      groups.set(key, [item]);
    }
  }
  return [...groups.values()]
    .map(group => {
      const [{ area, environment, health, reason, since, lastKnown }] = group;
      const verdict = {
        health,
        reason,
        since,
        ...(lastKnown && { lastKnown }),
      };
      return { area, environment, ...verdict, items: group };
    })
    .sort(
      (a, b) =>
        sortRank(b.health, b.lastKnown?.health) -
          sortRank(a.health, a.lastKnown?.health) ||
        areas.indexOf(a.area) - areas.indexOf(b.area) ||
        (a.environment < b.environment ? -1 : 1),
    );
}
