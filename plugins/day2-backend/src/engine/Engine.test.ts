import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { createMetrics } from '../metrics/createMetrics';
import { LeaseStore } from '../model/types';
import { FakeCluster } from './__testUtils__/FakeCluster';
import { ManualClock } from './__testUtils__/ManualClock';
import { MemoryScopeStore } from './__testUtils__/MemoryScopeStore';
import { serveApi } from './__testUtils__/serveApi';
import {
  appsPath,
  TestCorrelator,
  testResources,
  testRules,
  testSource,
} from './__testUtils__/testSource';
import { createEngine } from './createEngine';

function leaseStore(): LeaseStore & { held: Set<string> } {
  const held = new Set<string>();
  return {
    held,
    heartbeat: async () => {},
    replicas: async () => [{ id: 'r1', aliveMs: 100_000 }],
    async acquire(scope, holder) {
      held.add(scope);
      return { scope, holder, epoch: 1 };
    },
    renew: async () => true,
    async release({ scope }) {
      held.delete(scope);
    },
  };
}

function setUp() {
  const gateway = new FakeCluster();
  serveApi(gateway, { resources: testResources });
  const clock = new ManualClock();
  const store = new MemoryScopeStore();
  const leases = leaseStore();
  const listed: unknown[][] = [];
  const metrics = createMetrics({ process: false });
  const engine = createEngine({
    gateway,
    leases,
    store,
    registry: {
      list: async clusters => {
        listed.push([...clusters]);
      },
      otherNameOf: async () => undefined,
    },
    correlator: new TestCorrelator(),
    sources: [testSource],
    rules: testRules,
    replica: { id: 'r1', roles: ['all'], version: '1' },
    holdMs: 60_000,
    clock,
    random: () => 0.5,
    logger: mockServices.logger.mock(),
    metrics,
    onWritten: () => {},
  });
  return { gateway, clock, store, leases, listed, metrics, engine };
}

describe('createEngine', () => {
  it('lists clusters, collects those that it can, and leaves nothing behind', async () => {
    const { gateway, clock, store, leases, listed, metrics, engine } = setUp();
    gateway.put(appsPath, {
      apiVersion: 'apps/v1',
      kind: 'App',
      metadata: { name: 'a', namespace: 'shop' },
    });
    gateway.listClusters = async () => [
      { name: 'c1', title: 'One', url: undefined, clientAuth: undefined },
      { name: 'c2', title: undefined, url: undefined, clientAuth: 'oidc' },
    ];
    engine.start();
    await clock.advance(1000);
    expect(listed).toEqual([
      [
        { name: 'c1', title: 'One', unreadable: undefined },
        { name: 'c2', title: undefined, unreadable: 'oidc' },
      ],
    ]);
    expect([...leases.held]).toEqual(['cluster:c1']);
    expect(store.summary()).toEqual(['a healthy/Fine']);
    expect(engine.problem).toBeUndefined();
    const text = await metrics.registry.metrics();
    expect(text).toContain('day2_leases_held 1');
    expect(text).toContain('day2_cluster_up{cluster="c1"} 1');
    expect(text).toContain(
      'day2_kind_state{cluster="c1",kind="App.apps",state="synced"} 1',
    );
    await engine.stop();
    expect(leases.held.size).toBe(0);
    expect(gateway.open.size).toBe(0);
    expect(clock.pending).toBe(0);
    expect(await metrics.registry.metrics()).not.toContain('cluster="c1"} 1');
  });

  it('keeps the clusters that it knows when listing fails, and drops one that left', async () => {
    const { gateway, clock, leases, engine } = setUp();
    engine.start();
    await clock.advance(1000);
    gateway.listClusters = async () => {
      throw new Error('catalog is away');
    };
    await clock.advance(120_000);
    expect([...leases.held]).toEqual(['cluster:c1']);
    expect(engine.problem).toBeUndefined();
    gateway.listClusters = async () => [];
    await clock.advance(120_000);
    expect([...leases.held]).toEqual([]);
    expect(engine.problem?.reason).toBe('NoClusters');
    await engine.stop();
    expect(clock.pending).toBe(0);
  });

  it('ends within 5 s although the database hangs', async () => {
    const { gateway, clock, store, engine } = setUp();
    engine.start();
    await clock.advance(1000);
    store.write = () => new Promise(() => {});
    gateway.put(appsPath, {
      apiVersion: 'apps/v1',
      kind: 'App',
      metadata: { name: 'a', namespace: 'shop' },
    });
    await clock.advance(100);
    let hasEnded = false;
    const ending = engine.stop().then(() => {
      hasEnded = true;
    });
    await clock.advance(100);
    expect(gateway.open.size).toBe(0);
    expect(hasEnded).toBe(false);
    await clock.advance(4900);
    expect(hasEnded).toBe(true);
    await ending;
  });

  it('says why there is no cluster, until there is one', async () => {
    const { gateway, clock, engine } = setUp();
    const list = gateway.listClusters;
    gateway.listClusters = async () => {
      throw new NotFoundError('not configured');
    };
    engine.start();
    await clock.advance(1000);
    expect(engine.problem?.reason).toBe('NotConfigured');
    gateway.listClusters = list;
    await clock.advance(6000);
    expect(engine.problem).toBeUndefined();
    await engine.stop();
  });
});
