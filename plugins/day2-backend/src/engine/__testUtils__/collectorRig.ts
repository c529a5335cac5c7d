import { mockServices } from '@backstage/backend-test-utils';
import { createMetrics } from '../../metrics/createMetrics';
import { Collector } from '../collector/Collector';
import { EngineSource } from '../collector/types';
import { FakeCluster } from './FakeCluster';
import { ManualClock } from './ManualClock';
import { MemoryScopeStore } from './MemoryScopeStore';
import { serveApi } from './serveApi';
import {
  TestCorrelator,
  testResources,
  testRules,
  testSource,
} from './testSource';

/** An App as the test source judges it. */
export function app(name: string, extra: Record<string, unknown> = {}) {
  return {
    apiVersion: 'apps/v1',
    kind: 'App',
    metadata: { name, namespace: 'shop', uid: `uid-${name}` },
    status: {},
    ...extra,
  };
}

/** A Part that an App owns. */
export function part(name: string, owner: string, phase = 'Fine') {
  const ownerReferences = [
    {
      apiVersion: 'apps/v1',
      kind: 'App',
      name: owner,
      uid: `uid-${owner}`,
      controller: true,
    },
  ];
  return {
    apiVersion: 'v1',
    kind: 'Part',
    metadata: { name, namespace: 'shop', uid: `uid-${name}`, ownerReferences },
    status: { phase },
  };
}

/** A collector of a fake cluster, with everything around it in memory. */
export function createRig(
  options: {
    store?: MemoryScopeStore;
    gateway?: FakeCluster;
    source?: EngineSource;
  } = {},
) {
  const cluster = options.gateway ?? new FakeCluster();
  if (!options.gateway) {
    serveApi(cluster, { resources: testResources });
  }
  const store = options.store ?? new MemoryScopeStore();
  const clock = new ManualClock();
  const correlator = new TestCorrelator();
  const written: number[] = [];
  let leasesLost = 0;
  let duplicateOf: string | undefined;
  const collector = new Collector({
    cluster: 'c1',
    lease: { scope: 'cluster:c1', holder: 'me', epoch: 1 },
    gateway: cluster,
    sources: [options.source ?? testSource],
    store,
    registry: { otherNameOf: async () => duplicateOf },
    correlator,
    rules: testRules,
    holdMs: 60_000,
    clock,
    random: () => 0.5,
    logger: mockServices.logger.mock(),
    metrics: createMetrics({ process: false }),
    onWritten: ({ revision }) => written.push(revision),
    onLeaseLost: () => {
      leasesLost += 1;
    },
  });
  return {
    cluster,
    store,
    clock,
    correlator,
    collector,
    written,
    leasesLost: () => leasesLost,
    setDuplicate: (name: string | undefined) => {
      duplicateOf = name;
    },
  };
}

type Rig = ReturnType<typeof createRig>;

/** Stops it, and asserts that nothing is left. */
export async function stopped(
  { collector, cluster, clock, correlator }: Rig,
  flush = true,
) {
  await collector.stop({ flush });
  expect(cluster.open.size).toBe(0);
  expect(clock.pending).toBe(0);
  expect(correlator.listeners.size).toBe(0);
}
