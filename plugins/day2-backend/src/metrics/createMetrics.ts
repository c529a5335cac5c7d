import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
} from 'prom-client';

/** Seconds from 5 ms to 10 s: what the figures to hold are about. */
const buckets = [0.005, 0.02, 0.05, 0.1, 0.3, 0.5, 1, 2, 5, 10];

/**
 * Metrics of one replica in a registry of their own, because other plugins use the global one. Names, units and labels
 * are part of the interface: `docs/metrics.md` lists them and a test compares.
 */
export function createMetrics(options: { process: boolean }) {
  const registry = new Registry();
  if (options.process) {
    collectDefaultMetrics({ register: registry });
  }
  const registers = [registry];
  return {
    registry,
    ...createWatchMetrics(registers),
    ...createStoreMetrics(registers),
  };
}

/** What is read of clusters. */
function createWatchMetrics(registers: Registry[]) {
  return {
    watchEvents: new Counter({
      name: 'day2_watch_events_total',
      help: 'Watch events received, by cluster, kind and type',
      labelNames: ['cluster', 'kind', 'type'],
      registers,
    }),
    lists: new Counter({
      name: 'day2_lists_total',
      help: 'LISTs (and initial event streams) finished, by cluster, kind and outcome',
      labelNames: ['cluster', 'kind', 'outcome'],
      registers,
    }),
    watchedObjects: new Gauge({
      name: 'day2_watched_objects',
      help: 'Objects kept in memory, by cluster and kind',
      labelNames: ['cluster', 'kind'],
      registers,
    }),
    quarantinedObjects: new Gauge({
      name: 'day2_quarantined_objects',
      help: 'Objects set aside because they cannot be read, by cluster and kind',
      labelNames: ['cluster', 'kind'],
      registers,
    }),
    kindState: new Gauge({
      name: 'day2_kind_state',
      help: 'One for the present state of each kind in each cluster',
      labelNames: ['cluster', 'kind', 'state'],
      registers,
    }),
    clusterUp: new Gauge({
      name: 'day2_cluster_up',
      help: 'One when the cluster answers its probe',
      labelNames: ['cluster'],
      registers,
    }),
  };
}

/** What is written, and served. */
function createStoreMetrics(registers: Registry[]) {
  return {
    leasesHeld: new Gauge({
      name: 'day2_leases_held',
      help: 'Scopes that this replica collects',
      registers,
    }),
    storeWriteSeconds: new Histogram({
      name: 'day2_store_write_seconds',
      help: 'Time that one write transaction took',
      buckets,
      registers,
    }),
    itemsWritten: new Counter({
      name: 'day2_items_written_total',
      help: 'Items written because something about them changed',
      registers,
    }),
    eventToStoreSeconds: new Histogram({
      name: 'day2_event_to_store_seconds',
      help: 'Time from a watch event to the commit of what it changed',
      buckets,
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'day2_http_request_seconds',
      help: 'Time to answer a request, by route and status',
      labelNames: ['route', 'status'],
      buckets,
      registers,
    }),
    hints: new Counter({
      name: 'day2_hints_total',
      help: 'Hints sent to open pages',
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
