import {
  Area,
  areas,
  ServiceSummary,
} from '@day2ops/backstage-plugin-day2-common';
import { Knex } from 'knex';
import { isIn, rowsOf } from '../../dialect';
import { EntityRow, ItemRow, ServiceRow, ServiceShape } from '../../rows';
import { toMoment } from '../../wire';
import { Binding, effectiveAreas } from '../areas/effective';
import { Freshness } from '../freshness/read';
import {
  emptyVerdict,
  seenVerdict,
  SeenVerdict,
} from '../freshness/staleVerdict';

interface PlaceRow {
  entity_id: number;
  environment: string;
  cluster: string;
  area: Area;
  item_id: string;
  severity: number;
}

type ServiceColumns = Pick<
  EntityRow,
  'id' | 'ref' | 'title' | 'type' | 'system_ref' | 'owner_refs'
> &
  Pick<ServiceRow, 'shape' | 'since'>;

type ItemColumns = Pick<
  ItemRow,
  | 'id'
  | 'cluster'
  | 'group'
  | 'kind'
  | 'name'
  | 'health'
  | 'reason'
  | 'params'
  | 'message'
  | 'since'
  | 'since_source'
>;

/** The rows of the fleet for these entities, in their order. */
export async function summarizeServices(options: {
  knex: Knex;
  freshness: Freshness;
  binding: Binding;
  entityIds: readonly number[];
}): Promise<ServiceSummary[]> {
  const { knex, freshness, binding, entityIds } = options;
  if (entityIds.length === 0) {
    return [];
  }
  const [services, places] = await Promise.all([
    readServices(knex, entityIds),
    readPlaces(options),
  ]);
  const items = await readItems(
    knex,
    places.map(place => place.item_id),
  );
  const byId = new Map(services.map(row => [row.id, row]));
  return entityIds.flatMap(entityId => {
    const service = byId.get(entityId);
    if (!service) {
      return [];
    }
    const own = places.filter(place => place.entity_id === entityId);
    return summarize({ service, places: own, items, binding, freshness });
  });
}

async function readServices(
  knex: Knex,
  entityIds: readonly number[],
): Promise<ServiceColumns[]> {
  return knex('services as s')
    .join('entities as e', 'e.id', 's.entity_id')
    .select(
      'e.id',
      'e.ref',
      'e.title',
      'e.type',
      'e.system_ref',
      'e.owner_refs',
      's.shape',
      's.since',
    )
    .where(isIn({ knex, column: 'e.id', values: entityIds }));
}

/** The worst item of each place of these entities, worst first. */
async function readPlaces(options: {
  knex: Knex;
  freshness: Freshness;
  binding: Binding;
  entityIds: readonly number[];
}): Promise<PlaceRow[]> {
  const { knex, freshness, binding, entityIds } = options;
  // Every area of a service shows in its row, also while the list looks at one.
  const { environment, cluster } = binding;
  return rowsOf<PlaceRow>(
    knex.raw(
      `SELECT entity_id, environment, cluster, area, item_id, severity FROM (
        SELECT places.*, ROW_NUMBER() OVER (
          PARTITION BY entity_id, environment, cluster, area ORDER BY severity, item_id) AS place
        FROM (?) AS places) AS ranked
      WHERE place = 1
      ORDER BY severity, CASE WHEN environment = 'production' THEN 0 ELSE 1 END, item_id`,
      [
        effectiveAreas({
          knex,
          freshness,
          binding: { environment, cluster },
          entities: entityIds,
        }),
      ],
    ),
  );
}

async function readItems(
  knex: Knex,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ItemColumns>> {
  const rows: ItemColumns[] = await knex('items')
    .select(
      'id',
      'cluster',
      'group',
      'kind',
      'name',
      'health',
      'reason',
      'params',
      'message',
      'since',
      'since_source',
    )
    .where(isIn({ knex, column: 'id', values: new Set(ids) }));
  return new Map(rows.map(row => [row.id, row]));
}

interface SeenPlace {
  place: PlaceRow;
  item: ItemColumns;
  verdict: SeenVerdict;
}

function summarize(options: {
  service: ServiceColumns;
  places: readonly PlaceRow[];
  items: ReadonlyMap<string, ItemColumns>;
  binding: Binding;
  freshness: Freshness;
}): ServiceSummary {
  const { service, places, items, binding, freshness } = options;
  const seen = places.flatMap((place): SeenPlace | [] => {
    const item = items.get(place.item_id);
    return item ? { place, item, verdict: seenVerdict(item, freshness) } : [];
  });
  const worst = seen.find(
    ({ place }) => binding.area?.includes(place.area) ?? true,
  );
  const shape: ServiceShape = JSON.parse(service.shape);
  return {
    entityRef: service.ref,
    title: service.title,
    type: service.type,
    system: service.system_ref,
    owners: JSON.parse(service.owner_refs),
    ...(worst ? worstOf(worst) : nothingOf(service, freshness)),
    areas: areas.flatMap(area => summarizeArea(area, seen) ?? []),
    environments: shape.environments,
    clusters: shape.clusters,
    silentClusters: shape.clusters.filter(one => freshness.silent.has(one)),
  };
}

function worstOf({ place, item, verdict }: SeenPlace) {
  const { health, reason, params, message, lastKnown } = verdict;
  return {
    health,
    reason,
    params,
    message,
    area: place.area,
    environment: place.environment,
    cluster: place.cluster,
    item: { kind: item.kind, name: item.name },
    since: toMoment(verdict.since),
    sinceSource: lastKnown ? ('observed' as const) : item.since_source,
    observedAt: toMoment(verdict.lastContactAt),
    ...(lastKnown && { lastKnown }),
  };
}

function nothingOf(service: ServiceColumns, freshness: Freshness) {
  return {
    ...emptyVerdict(freshness, service.since),
    area: null,
    environment: null,
    cluster: null,
    item: null,
    since: toMoment(service.since),
    sinceSource: 'observed' as const,
    observedAt: null,
  };
}

/** Places come worst first, so the first of an area is its worst. */
function summarizeArea(
  area: Area,
  seen: readonly SeenPlace[],
): ServiceSummary['areas'][number] | undefined {
  const worst = seen.find(({ place }) => place.area === area);
  if (!worst) {
    return undefined;
  }
  const { health, reason, since, lastKnown } = worst.verdict;
  return {
    area,
    health,
    reason,
    since: toMoment(since),
    ...(lastKnown && { lastKnown }),
  };
}
