import { app, createRig, part, stopped } from '../__testUtils__/collectorRig';
import { status } from '../__testUtils__/FakeCluster';
import { serveApi } from '../__testUtils__/serveApi';
import {
  appsPath,
  partsPath,
  testResources,
} from '../__testUtils__/testSource';
import { toUnreachable } from '../gateway/ClusterUnreachableError';

const refused = toUnreachable(
  'c1',
  Object.assign(new Error('no'), { code: 'ECONNREFUSED' }),
);

describe('Collector', () => {
  it('takes what it finds first as a baseline, and what changes then as history', async () => {
    const rig = createRig();
    const { cluster, store, clock } = rig;
    cluster.put(appsPath, app('a'));
    cluster.put(partsPath, part('a-1', 'a'));
    cluster.put(appsPath, app('b'));
    cluster.put(partsPath, part('b-1', 'b', 'Broken'));
    rig.collector.start();
    await clock.advance(1000);
    expect(store.summary()).toEqual([
      'a healthy/Fine',
      'b degraded/BrokenParts',
    ]);
    expect(store.transitions).toEqual([]);
    expect(store.cluster).toMatchObject({
      uid: 'cluster-uid',
      version: 'v1.34.1',
      state: 'connected',
    });
    expect(store.kindStates.get('App')).toMatchObject({
      state: 'synced',
      objects: 2,
      source: 'test',
    });
    cluster.put(partsPath, part('a-1', 'a', 'Broken'));
    await clock.advance(300);
    expect(store.summary()[0]).toBe('a degraded/BrokenParts');
    expect(store.transitions).toHaveLength(1);
    expect(store.transitions[0]).toMatchObject({
      from: { reason: 'Fine' },
      to: { reason: 'BrokenParts' },
      observedLate: false,
    });
    cluster.delete(appsPath, 'b', 'shop');
    await clock.advance(300);
    expect(store.summary()).toHaveLength(1);
    expect(store.transitions[1]).toMatchObject({ to: undefined });
    await stopped(rig);
  });

  it('writes nothing when nothing about a verdict changed', async () => {
    const rig = createRig();
    const { cluster, store, clock } = rig;
    cluster.put(appsPath, app('a'));
    rig.collector.start();
    await clock.advance(1000);
    const before = store.batches.flatMap(batch => batch.items).length;
    cluster.put(appsPath, app('a', { spec: { noise: 1 } }));
    cluster.put(partsPath, part('stray', 'nobody'));
    await clock.advance(1000);
    expect(store.batches.flatMap(batch => batch.items)).toHaveLength(before);
    await stopped(rig);
  });

  it('keeps since and invents nothing over a restart, and finds what changed meanwhile late', async () => {
    const first = createRig();
    const { cluster, store } = first;
    for (const name of ['a', 'b', 'c']) {
      cluster.put(appsPath, app(name));
      cluster.put(partsPath, part(`${name}-1`, name));
    }
    first.collector.start();
    await first.clock.advance(1000);
    const since = [...store.items.values()].map(({ history }) => history.since);
    await stopped(first);

    cluster.put(partsPath, part('b-1', 'b', 'Broken'));
    cluster.delete(appsPath, 'c', 'shop');
    cluster.put(appsPath, app('d'));
    const second = createRig({ store, gateway: cluster });
    await second.clock.advance(3_600_000);
    second.collector.start();
    await second.clock.advance(1000);
    expect(store.summary()).toEqual([
      'a healthy/Fine',
      'b degraded/BrokenParts',
      'd healthy/Fine',
    ]);
    const a = [...store.items.values()].find(({ item }) => item.name === 'a');
    expect(a?.history.since).toBe(since[0]);
    expect(store.transitions).toHaveLength(3);
    expect(store.transitions.every(each => each.observedLate)).toBe(true);
    await stopped(second);
  });

  it('waits for the kinds that a rule needs, then says that it knows nothing, then judges', async () => {
    const rig = createRig();
    const { cluster, store, clock } = rig;
    cluster.put(appsPath, app('a'));
    cluster.put(partsPath, part('a-1', 'a', 'Broken'));
    cluster.fault = ({ path }) =>
      path === partsPath ? status(500, 'InternalError') : undefined;
    rig.collector.start();
    await clock.advance(5000);
    expect(store.summary()).toEqual([]);
    await clock.advance(7000);
    expect(store.summary()).toEqual(['a unknown/NeverSynced']);
    cluster.fault = () => undefined;
    await clock.advance(60_000);
    expect(store.summary()).toEqual(['a degraded/BrokenParts']);
    expect(store.transitions).toEqual([]);
    await stopped(rig);
  });

  it('judges without a kind that it may not read, and says how to allow it', async () => {
    const rig = createRig();
    const { cluster, store, clock } = rig;
    cluster.put(appsPath, app('a'));
    cluster.fault = ({ path }) =>
      path === partsPath ? status(403, 'Forbidden') : undefined;
    rig.collector.start();
    await clock.advance(2000);
    expect(store.summary()).toEqual(['a healthy/Fine']);
    expect(store.kindStates.get('Part')?.state).toBe('forbidden');
    expect(store.cluster?.missingRules).toContain('- parts');
    await stopped(rig);
  });

  it('looks again when only time passed', async () => {
    const rig = createRig();
    const { cluster, store, clock } = rig;
    const due = clock.now() + 600_000;
    cluster.put(appsPath, app('a', { status: { due } }));
    rig.collector.start();
    await clock.advance(590_000);
    expect(store.summary()).toEqual(['a healthy/Fine']);
    await clock.advance(11_000);
    expect(store.summary()).toEqual(['a warning/Due']);
    await stopped(rig);
  });

  it('says a cluster is silent within 35 s, changes no item, and goes on when it is back', async () => {
    const rig = createRig();
    const { cluster, store, clock } = rig;
    cluster.put(appsPath, app('a'));
    rig.collector.start();
    await clock.advance(1000);
    const contacts = store.contacts.length;
    expect(contacts).toBeGreaterThan(0);
    cluster.fault = () => refused;
    for (const stream of [...cluster.open]) {
      stream.fail(Object.assign(new Error('gone'), { code: 'ECONNRESET' }));
    }
    await clock.advance(35_000);
    expect(store.cluster?.state).toBe('silent');
    expect(store.cluster?.nextAttemptAt).toBeGreaterThan(clock.now());
    expect(store.summary()).toEqual(['a healthy/Fine']);
    const silent = store.contacts.length;
    await clock.advance(120_000);
    expect(store.contacts).toHaveLength(silent);
    cluster.fault = () => undefined;
    cluster.put(partsPath, part('a-1', 'a', 'Broken'));
    await clock.advance(15_000);
    expect(store.cluster?.state).toBe('connected');
    expect(store.summary()).toEqual(['a degraded/BrokenParts']);
    expect(store.contacts.at(-1)).toEqual(
      expect.arrayContaining(['App.apps', 'Part']),
    );
    await stopped(rig);
  });

  it('picks up a kind that appears, and forgets one that vanishes, within a minute', async () => {
    const rig = createRig();
    const { cluster, store, clock } = rig;
    serveApi(cluster, { resources: [testResources[1]] });
    cluster.unserve(appsPath);
    rig.collector.start();
    await clock.advance(1000);
    expect(store.kindStates.get('App')?.state).toBe('absent');
    serveApi(cluster, { resources: testResources });
    cluster.put(appsPath, app('a'));
    await clock.advance(40_000);
    expect(store.summary()).toEqual(['a healthy/Fine']);
    serveApi(cluster, { resources: [testResources[1]] });
    await clock.advance(40_000);
    expect(store.kindStates.get('App')?.state).toBe('absent');
    expect(store.summary()).toEqual([]);
    await stopped(rig);
  });

  it('says that it does not read the versions that are served', async () => {
    const rig = createRig();
    serveApi(rig.cluster, {
      resources: [{ ...testResources[0], version: 'v9' }, testResources[1]],
    });
    rig.collector.start();
    await rig.clock.advance(1000);
    expect(rig.store.kindStates.get('App')).toMatchObject({
      state: 'unsupported',
      message: 'App is served as v9; Day 2 reads v1',
    });
    await stopped(rig);
  });

  it('seals history when another cluster answers under the name', async () => {
    const rig = createRig();
    const { cluster, store, clock } = rig;
    cluster.put(appsPath, app('a'));
    rig.collector.start();
    await clock.advance(1000);
    cluster.fault = () => refused;
    await clock.advance(40_000);
    serveApi(cluster, { resources: testResources, uid: 'another' });
    cluster.fault = () => undefined;
    await clock.advance(15_000);
    expect(store.seals).toEqual(['cluster-uid', 'another']);
    expect(
      [...store.items.values()].map(({ item }) => item.clusterUid),
    ).toEqual(['another']);
    expect(store.transitions).toEqual([]);
    await stopped(rig);
  });

  it('does not collect a cluster twice', async () => {
    const rig = createRig();
    rig.setDuplicate('a-first');
    rig.cluster.put(appsPath, app('a'));
    rig.collector.start();
    await rig.clock.advance(1000);
    expect(rig.store.cluster).toMatchObject({
      state: 'duplicate',
      verdict: { params: { name: 'a-first' } },
    });
    expect(rig.store.summary()).toEqual([]);
    rig.setDuplicate(undefined);
    await rig.clock.advance(61_000);
    expect(rig.store.summary()).toEqual(['a healthy/Fine']);
    await stopped(rig);
  });

  it('holds what it cannot write and writes it when the database is back', async () => {
    const rig = createRig();
    const { cluster, store, clock } = rig;
    cluster.put(appsPath, app('a'));
    rig.collector.start();
    await clock.advance(1000);
    store.failure = new Error('database is away');
    cluster.put(partsPath, part('a-1', 'a', 'Broken'));
    await clock.advance(30_000);
    cluster.put(partsPath, part('a-2', 'a', 'Broken'));
    await clock.advance(30_000);
    store.failure = undefined;
    await clock.advance(11_000);
    expect(store.summary()).toEqual(['a degraded/BrokenParts']);
    expect(store.transitions).toHaveLength(1);
    await stopped(rig);
  });

  it('tells when its lease is lost, once, and stops without writing', async () => {
    const rig = createRig();
    const { cluster, store, clock } = rig;
    cluster.put(appsPath, app('a'));
    rig.collector.start();
    await clock.advance(1000);
    const batches = store.batches.length;
    store.failure = Object.assign(new Error('lost'), {
      name: 'LeaseLostError',
    });
    cluster.put(partsPath, part('a-1', 'a', 'Broken'));
    await clock.advance(30_000);
    expect(rig.leasesLost()).toBe(1);
    store.failure = undefined;
    await stopped(rig, false);
    expect(store.batches).toHaveLength(batches);
  });

  it('writes what waits before it stops', async () => {
    const rig = createRig();
    const { cluster, store, clock } = rig;
    cluster.put(appsPath, app('a'));
    rig.collector.start();
    await clock.advance(1000);
    cluster.put(partsPath, part('a-1', 'a', 'Broken'));
    await clock.advance(10);
    expect(store.summary()).toEqual(['a healthy/Fine']);
    await stopped(rig);
    expect(store.summary()).toEqual(['a degraded/BrokenParts']);
  });

  it('joins again when entities or labels changed', async () => {
    const rig = createRig();
    const { cluster, store, clock, correlator } = rig;
    const owned = app('a');
    Object.assign(owned.metadata, { labels: { owner: 'x' } });
    cluster.put(appsPath, owned);
    rig.collector.start();
    await clock.advance(1000);
    const refs = () =>
      [...store.items.values()].flatMap(({ item }) =>
        item.entities.map(({ entityRef }) => entityRef),
      );
    expect(refs()).toEqual(['component:default/a']);
    correlator.entityRef = 'component:default/b';
    for (const listener of correlator.listeners) {
      listener({ mayAffect: ({ name }) => name === 'a' });
    }
    await clock.advance(1000);
    expect(refs()).toEqual(['component:default/b']);
    cluster.put(appsPath, app('a'));
    await clock.advance(1000);
    expect(refs()).toEqual([]);
    await stopped(rig);
  });
});
