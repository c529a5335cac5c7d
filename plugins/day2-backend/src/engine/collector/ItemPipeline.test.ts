import { KindDefinition } from '@day2ops/backstage-plugin-day2-node';
import { app, createRig, part, stopped } from '../__testUtils__/collectorRig';
import { serveApi } from '../__testUtils__/serveApi';
import {
  appsPath,
  partsPath,
  testResources,
  testSource,
} from '../__testUtils__/testSource';

type Rig = ReturnType<typeof createRig>;

const watchersPath = '/api/v1/watchers';

/** Belongs to whom the apps of its namespace belong. */
const watcher: KindDefinition = {
  group: '',
  kind: 'Watcher',
  plural: 'watchers',
  versions: ['v1'],
  namespaced: true,
  area: 'workloads',
  prune: () => ({}),
  belongsThrough: ({ head }, lookup) => [
    ...lookup.inNamespace('App.apps', head.namespace),
  ],
};

const watchedApps = testSource.source.kinds.map(definition => ({
  ...definition,
  affects: ({ head }: { head: { namespace: string | undefined } }) =>
    definition.kind === 'App'
      ? [{ kind: 'Watcher', namespace: head.namespace }]
      : [],
}));

function labelled(name: string) {
  const object = app(name);
  Object.assign(object.metadata, { labels: { owner: 'x' } });
  return object;
}

function ownedBy(owner: string, name: string) {
  const object = app(name);
  const { ownerReferences } = part('any', owner).metadata;
  Object.assign(object.metadata, { ownerReferences });
  return object;
}

function refsOf({ store }: Rig, name: string) {
  return [...store.items.values()]
    .filter(({ item }) => item.name === name)
    .flatMap(({ item }) => item.entities.map(({ entityRef }) => entityRef));
}

describe('ItemPipeline', () => {
  it('asks of items only, and as they are, whom a change of entities concerns', async () => {
    const rig = createRig();
    const { cluster, clock, correlator } = rig;
    cluster.put(appsPath, app('a'));
    cluster.put(appsPath, ownedBy('a', 'b'));
    cluster.put(partsPath, part('a-1', 'a'));
    rig.collector.start();
    await clock.advance(1000);
    cluster.put(appsPath, labelled('a'));
    await clock.advance(1000);
    const asked: unknown[] = [];
    for (const listener of correlator.listeners) {
      listener({
        mayAffect: ({ name, labels, through }) => {
          asked.push([name, labels, through.map(each => each.labels)]);
          return false;
        },
      });
    }
    await clock.advance(1000);
    expect(asked).toEqual([
      ['a', { owner: 'x' }, []],
      ['b', {}, [{ owner: 'x' }]],
    ]);
    await stopped(rig);
  });

  it('joins again what a new object owns', async () => {
    const rig = createRig();
    const { cluster, clock } = rig;
    cluster.put(appsPath, ownedBy('late', 'b'));
    rig.collector.start();
    await clock.advance(1000);
    expect(refsOf(rig, 'b')).toEqual([]);
    cluster.put(appsPath, labelled('late'));
    await clock.advance(1000);
    expect(refsOf(rig, 'b')).toEqual(['component:default/a']);
    await stopped(rig);
  });

  it('joins again what belongs through an object that comes, changes or goes', async () => {
    const rig = createRig({
      source: {
        source: { id: 'test', kinds: [...watchedApps, watcher] },
        settings: {},
      },
    });
    const { cluster, clock } = rig;
    const resource = { group: '', version: 'v1', kind: 'Watcher' };
    serveApi(cluster, {
      resources: [...testResources, { ...resource, plural: 'watchers' }],
    });
    cluster.put(watchersPath, {
      apiVersion: 'v1',
      kind: 'Watcher',
      metadata: { name: 'w', namespace: 'shop', uid: 'uid-w' },
    });
    rig.collector.start();
    await clock.advance(1000);
    expect(refsOf(rig, 'w')).toEqual([]);
    cluster.put(appsPath, labelled('a'));
    await clock.advance(1000);
    expect(refsOf(rig, 'w')).toEqual(['component:default/a']);
    cluster.put(appsPath, app('a'));
    await clock.advance(1000);
    expect(refsOf(rig, 'w')).toEqual([]);
    cluster.put(appsPath, labelled('a'));
    await clock.advance(1000);
    cluster.delete(appsPath, 'a', 'shop');
    await clock.advance(1000);
    expect(refsOf(rig, 'w')).toEqual([]);
    await stopped(rig);
  });

  it('writes no more at once than the store takes', async () => {
    const rig = createRig();
    const { cluster, clock, store } = rig;
    store.batchSize = 100;
    for (let index = 0; index < 250; index += 1) {
      cluster.put(appsPath, app(`a-${index}`));
    }
    rig.collector.start();
    await clock.advance(1000);
    const sizes = store.batches
      .map(batch => batch.items.length)
      .filter(size => size > 0);
    expect(store.items.size).toBe(250);
    expect(Math.max(...sizes)).toBe(100);
    expect(sizes).toHaveLength(3);
    await stopped(rig);
  });
});
