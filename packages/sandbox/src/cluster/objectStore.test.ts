import { builtInResources } from './builtInResources';
import { createManualClock } from './manualClock';
import { createObjectStore } from './objectStore';
import type { KubernetesObject, StoreEvent } from './types';

const NOW = Date.parse('2026-11-21T08:00:00Z');

function setUp(options: { history?: number; seed?: string } = {}) {
  const clock = createManualClock({ now: NOW });
  const store = createObjectStore({
    clock,
    seed: options.seed ?? 'seed',
    resources: builtInResources,
    history: options.history,
  });
  const events: StoreEvent[] = [];
  store.subscribe(event => events.push(event));
  const log = () =>
    events.map(({ type, object }) => `${type} ${object.metadata.name}`);
  return { clock, store, events, log };
}

function deployment(name: string, replicas = 1): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: { replicas },
  };
}

function pod(name: string, owner?: KubernetesObject): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      ...(owner && {
        ownerReferences: [
          {
            apiVersion: owner.apiVersion,
            kind: owner.kind,
            name: owner.metadata.name,
            uid: owner.metadata.uid ?? '',
          },
        ],
      }),
    },
    spec: { nodeName: 'node-1', containers: [] },
  };
}

const deploymentKey = {
  group: 'apps',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'api',
};
const podKey = { group: '', kind: 'Pod', namespace: 'shop', name: 'web' };

function failure(task: () => unknown) {
  try {
    task();
  } catch (error) {
    const { code, reason, message } = error as {
      code: number;
      reason: string;
      message: string;
    };
    return { code, reason, message };
  }
  throw new Error('expected a failure');
}

describe('createObjectStore', () => {
  it('gives the same uids and names for the same seed, others for another', () => {
    const make = (seed: string) => {
      const { store } = setUp({ seed });
      const object = pod('');
      object.metadata.generateName = 'web-';
      const { uid, name } = store.create(object).metadata;
      return { uid, name };
    };

    expect(make('a')).toEqual(make('a'));
    expect(make('a')).not.toEqual(make('b'));
    expect(make('a').name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(make('a').uid).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('keeps its objects apart from what callers hold', () => {
    const { store, events } = setUp();
    const input = deployment('api');
    const output = store.create(input);
    input.spec!.replicas = 7;
    output.spec!.replicas = 8;
    store.get(deploymentKey)!.spec!.replicas = 9;
    events[0].object.spec!.replicas = 10;

    expect(store.get(deploymentKey)?.spec?.replicas).toBe(1);
  });

  it('raises the generation with the spec only, and keeps status and spec apart', () => {
    const { store, events } = setUp();
    const created = store.create(deployment('api'));
    expect(created.metadata).toMatchObject({
      generation: 1,
      creationTimestamp: '2026-11-21T08:00:00Z',
    });

    store.modify(deploymentKey, object => {
      object.metadata.labels = { team: 'shop' };
      object.status = { replicas: 5 };
    });
    store.modify(
      deploymentKey,
      object => {
        object.status = { replicas: 1 };
        object.spec!.replicas = 5;
      },
      { status: true },
    );
    expect(store.get(deploymentKey)).toMatchObject({
      metadata: { generation: 1, labels: { team: 'shop' } },
      spec: { replicas: 1 },
      status: { replicas: 1 },
    });

    store.modify(deploymentKey, object => {
      object.spec!.replicas = 2;
    });
    expect(store.get(deploymentKey)?.metadata.generation).toBe(2);
    const versions = events.map(({ object }) =>
      Number(object.metadata.resourceVersion),
    );
    expect(versions).toEqual(versions.map((_, index) => versions[0] + index));
  });

  it('says nothing when what is written is there already', () => {
    const { store, log } = setUp();
    const created = store.create(deployment('api'));
    const again = store.update(created);
    store.modify(deploymentKey, () => {});

    expect(again.metadata.resourceVersion).toBe(
      created.metadata.resourceVersion,
    );
    expect(log()).toEqual(['ADDED api']);
  });

  it('refuses as the API server does', () => {
    const { store, clock } = setUp();
    const created = store.create(deployment('api'));
    clock.advance(1_000);
    store.modify(deploymentKey, object => {
      object.spec!.replicas = 3;
    });

    expect(failure(() => store.create(deployment('api')))).toEqual({
      code: 409,
      reason: 'AlreadyExists',
      message: 'deployments.apps "api" already exists',
    });
    expect(failure(() => store.update(created))).toEqual({
      code: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on deployments.apps "api": the object has been modified; please apply your changes to the latest version and try again',
    });
    expect(failure(() => store.delete(podKey))).toEqual({
      code: 404,
      reason: 'NotFound',
      message: 'pods "web" not found',
    });
    expect(failure(() => store.create(deployment('')))).toMatchObject({
      code: 422,
      reason: 'Invalid',
    });
    expect(
      failure(() => store.create({ ...deployment('x'), kind: 'Widget' })),
    ).toMatchObject({ code: 404 });
  });

  it('lets a running pod terminate and removes others at once', () => {
    const { store, log, clock } = setUp();
    store.create(pod('web'));
    const waiting = pod('waiting');
    delete waiting.spec!.nodeName;
    store.create(waiting);

    store.delete(podKey);
    store.delete({ ...podKey, name: 'waiting' });
    expect(store.get(podKey)?.metadata).toMatchObject({
      deletionTimestamp: '2026-11-21T08:00:30Z',
      deletionGracePeriodSeconds: 30,
    });
    clock.advance(1_000);
    store.delete(podKey);
    store.delete(podKey, { gracePeriodSeconds: 0 });

    expect(log()).toEqual([
      'ADDED web',
      'ADDED waiting',
      'MODIFIED web',
      'DELETED waiting',
      'DELETED web',
    ]);
  });

  it('waits for finalizers', () => {
    const { store, log } = setUp();
    const guarded = deployment('api');
    guarded.metadata.finalizers = ['example.com/guard'];
    store.create(guarded);
    store.delete(deploymentKey);
    expect(store.get(deploymentKey)?.metadata.deletionTimestamp).toBe(
      '2026-11-21T08:00:00Z',
    );
    store.modify(deploymentKey, object => {
      delete object.metadata.finalizers;
    });

    expect(log()).toEqual(['ADDED api', 'MODIFIED api', 'DELETED api']);
    expect(store.get(deploymentKey)).toBeUndefined();
  });

  it('removes owned objects after, before or not at all, as asked', () => {
    const remaining = (propagation: 'Background' | 'Foreground' | 'Orphan') => {
      const { store, log } = setUp();
      const owner = store.create(deployment('api'));
      const owned = pod('web', owner);
      delete owned.spec!.nodeName;
      store.create(owned);
      store.delete(deploymentKey, { propagation });
      return log().slice(2);
    };

    expect(remaining('Background')).toEqual(['DELETED api', 'DELETED web']);
    expect(remaining('Foreground')).toEqual([
      'MODIFIED api',
      'DELETED web',
      'DELETED api',
    ]);
    expect(remaining('Orphan')).toEqual(['MODIFIED web', 'DELETED api']);
  });

  it('empties a namespace before it goes', () => {
    const { store } = setUp();
    store.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop' },
    });
    const owner = store.create(deployment('api'));
    store.create(pod('web', owner));
    const namespaceKey = { group: '', kind: 'Namespace', name: 'shop' };

    store.delete(namespaceKey);
    expect(store.get(deploymentKey)).toBeUndefined();
    expect(store.get(namespaceKey)?.status?.phase).toBe('Terminating');
    store.delete(podKey, { gracePeriodSeconds: 0 });
    expect(store.get(namespaceKey)).toBeUndefined();
  });

  it('remembers a bounded number of changes per kind', () => {
    const { store } = setUp({ history: 3 });
    const first = Number(store.create(pod('web')).metadata.resourceVersion);
    for (let count = 0; count < 10; count++) {
      store.modify(podKey, object => {
        object.metadata.labels = { count: String(count) };
      });
    }
    const kind = { group: '', kind: 'Pod' };

    expect(store.changesAfter(kind, first + 8)).toHaveLength(2);
    expect(store.changesAfter(kind, first + 7)).toHaveLength(3);
    expect(failure(() => store.changesAfter(kind, first + 6))).toMatchObject({
      code: 410,
      reason: 'Expired',
    });
    expect(
      store.changesAfter({ group: 'apps', kind: 'Deployment' }, first),
    ).toEqual([]);
  });

  it('delivers in order when a listener writes', () => {
    const { store, log } = setUp();
    const seen: string[] = [];
    const stop = store.subscribe(({ type, object }) => {
      seen.push(`${type} ${object.metadata.name}`);
      if (type === 'ADDED' && object.kind === 'Deployment') {
        store.create(pod('web', object));
      }
    });
    store.subscribe(({ type, object }) =>
      seen.push(`later ${type} ${object.metadata.name}`),
    );
    store.create(deployment('api'));
    stop();
    store.delete(podKey, { gracePeriodSeconds: 0 });

    expect(log()).toEqual(['ADDED api', 'ADDED web', 'DELETED web']);
    expect(seen).toEqual([
      'ADDED api',
      'later ADDED api',
      'ADDED web',
      'later ADDED web',
      'later DELETED web',
    ]);
  });

  it('changes nothing on a dry run', () => {
    const { store, log } = setUp();
    const version = store.resourceVersion();
    store.create(deployment('api'), { dryRun: true });
    expect(store.get(deploymentKey)).toBeUndefined();
    const created = store.create(deployment('api'));
    created.spec!.replicas = 4;
    const answer = store.update(created, { dryRun: true });
    store.delete(deploymentKey, { dryRun: true });

    expect(answer.spec?.replicas).toBe(4);
    expect(answer.metadata.generation).toBe(2);
    expect(store.get(deploymentKey)?.spec?.replicas).toBe(1);
    expect(store.resourceVersion()).toBe(version + 1);
    expect(log()).toEqual(['ADDED api']);
  });
});
