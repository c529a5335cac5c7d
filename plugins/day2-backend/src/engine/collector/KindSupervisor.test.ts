import { app, createRig, part, stopped } from '../__testUtils__/collectorRig';
import { status } from '../__testUtils__/FakeCluster';
import { appsPath, partsPath } from '../__testUtils__/testSource';

describe('contact with kinds', () => {
  it('counts only with the kinds that they are judged by', async () => {
    const rig = createRig();
    const { cluster, store, clock } = rig;
    cluster.put(appsPath, app('a'));
    cluster.put(partsPath, part('a-1', 'a'));
    rig.collector.start();
    await clock.advance(20_000);
    expect(store.contacts.at(-1)).toEqual(['App.apps', 'Part']);

    cluster.fault = ({ path }) =>
      path === partsPath ? status(500, 'InternalError') : undefined;
    for (const stream of [...cluster.open]) {
      if (stream.path === partsPath) {
        stream.end();
      }
    }
    await clock.advance(20_000);
    const before = store.contacts.length;
    await clock.advance(60_000);
    expect(store.contacts.length).toBeGreaterThan(before);
    expect(store.contacts.slice(before).flat()).toEqual([]);
    expect(store.cluster?.state).toBe('connected');

    cluster.fault = () => undefined;
    await clock.advance(60_000);
    expect(store.contacts.at(-1)).toEqual(['App.apps', 'Part']);
    await stopped(rig);
  });

  it('is not missed from kinds that may not be read, which the verdicts say', async () => {
    const rig = createRig();
    const { cluster, store, clock } = rig;
    cluster.put(appsPath, app('a'));
    cluster.fault = ({ path }) =>
      path === partsPath ? status(403, 'Forbidden') : undefined;
    rig.collector.start();
    await clock.advance(20_000);
    expect(store.contacts.at(-1)).toEqual(['App.apps']);
    await stopped(rig);
  });
});
