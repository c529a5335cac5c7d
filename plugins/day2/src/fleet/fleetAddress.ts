import {
  Area,
  areas,
  Health,
  healths,
  serviceSorts,
} from '@day2ops/backstage-plugin-day2-common';

export type ServiceSort = (typeof serviceSorts)[number];

/** Filters that take several values. */
export const listFilters = [
  'system',
  'environment',
  'cluster',
  'owner',
] as const;

export type ListFilter = (typeof listFilters)[number];

/**
 * What the address says of the fleet page. `undefined` means that the person has not chosen: health then is everything
 * but healthy, environment is production where there is one, and `mine` is as last time.
 */
export interface FleetAddress {
  health?: readonly Health[];
  area: readonly Area[];
  system: readonly string[];
  /** Empty means every environment. */
  environment?: readonly string[];
  cluster: readonly string[];
  owner: readonly string[];
  text: string;
  mine?: boolean;
  sort: ServiceSort;
  limit: number;
  cursor?: string;
  /** Where the page begins, counted from 1; only for "16–30 of 40". */
  at: number;
}

export const pageSizes = [15, 50, 200] as const;

/** What wants a look: everything but healthy, worst first. */
export const notHealthy: readonly Health[] = healths
  .filter(health => health !== 'healthy')
  .reverse();

const every = '*';

/** Reads an address; what it does not understand counts as not said. */
export function parseFleetAddress(search: URLSearchParams): FleetAddress {
  const list = (name: string) =>
    (search.get(name) ?? '')
      .split(',')
      .map(value => value.trim())
      .filter(Boolean)
      .slice(0, 50);
  const limit = Number(search.get('limit'));
  const sort = search.get('sort');
  const mine = search.get('mine');
  return {
    health: parseHealth(list('health')),
    area: areas.filter(area => list('area').includes(area)),
    system: list('system'),
    environment: parseEnvironment(list('environment')),
    cluster: list('cluster'),
    owner: list('owner'),
    text: (search.get('q') ?? '').slice(0, 200),
    mine: mine === null ? undefined : mine === '1',
    sort: serviceSorts.find(known => known === sort) ?? 'health',
    limit: pageSizes.find(size => size === limit) ?? pageSizes[0],
    cursor: search.get('cursor') ?? undefined,
    at: Math.max(1, Math.floor(Number(search.get('at'))) || 1),
  };
}

/** Writes only what differs from what a bare address means. */
export function writeFleetAddress(address: FleetAddress): URLSearchParams {
  const search = new URLSearchParams();
  const set = (name: string, value: string | undefined) => {
    if (value) {
      search.set(name, value);
    }
  };
  set('health', writeHealth(address.health));
  set('area', address.area.join(','));
  set('system', address.system.join(','));
  set(
    'environment',
    address.environment?.length === 0 ? every : address.environment?.join(','),
  );
  set('cluster', address.cluster.join(','));
  set('owner', address.owner.join(','));
  set('q', address.text);
  set('mine', address.mine === undefined ? undefined : mineText(address.mine));
  set('sort', address.sort === 'health' ? undefined : address.sort);
  set('limit', address.limit === pageSizes[0] ? undefined : `${address.limit}`);
  set('cursor', address.cursor);
  set('at', address.at > 1 ? `${address.at}` : undefined);
  return search;
}

function mineText(mine: boolean): string {
  return mine ? '1' : '0';
}

function parseHealth(values: readonly string[]): FleetAddress['health'] {
  if (values.includes(every)) {
    return healths;
  }
  const except = values
    .filter(value => value.startsWith('!'))
    .map(value => value.slice(1));
  const chosen = healths.filter(health =>
    except.length > 0 ? !except.includes(health) : values.includes(health),
  );
  return chosen.length > 0 ? chosen : undefined;
}

function writeHealth(health: FleetAddress['health']): string | undefined {
  if (!health || sameSet(health, notHealthy)) {
    return undefined;
  }
  return health.length === healths.length ? every : health.join(',');
}

function parseEnvironment(values: string[]): FleetAddress['environment'] {
  if (values.includes(every)) {
    return [];
  }
  return values.length > 0 ? values : undefined;
}

export function sameSet<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every(value => b.includes(value));
}
