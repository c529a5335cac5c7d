import type { TestCluster } from './testCluster';
import {
  createTestCluster,
  NAMESPACE,
  template,
  workload,
} from './testCluster';

const KEY = {
  group: 'apps',
  kind: 'DaemonSet',
  namespace: NAMESPACE,
  name: 'agent',
};

describe('createDaemonSetActor', () => {
  let cluster: TestCluster;
  beforeEach(() => {
    cluster = createTestCluster();
    cluster.store.create(workload('apps/v1', 'DaemonSet', 'agent', {}));
    cluster.pass(20);
  });
  afterEach(() => cluster.close());

  const status = () => cluster.store.get(KEY)!.status!;

  it('has a pod on every node, also on one that is cordoned or comes later', () => {
    expect(status()).toEqual({
      currentNumberScheduled: 3,
      desiredNumberScheduled: 3,
      numberMisscheduled: 0,
      numberReady: 3,
      numberAvailable: 3,
      updatedNumberScheduled: 3,
      observedGeneration: 1,
    });
    const later = cluster.store.get({
      group: '',
      kind: 'Node',
      name: 'node-a',
    })!;
    const { uid, resourceVersion, creationTimestamp, ...metadata } =
      later.metadata;
    cluster.store.create({
      ...later,
      metadata: { ...metadata, name: 'node-d' },
      spec: { unschedulable: true },
    });
    cluster.pass(20);
    expect(status()).toMatchObject({
      desiredNumberScheduled: 4,
      numberReady: 4,
    });
    expect(
      cluster
        .pods('agent-')
        .map(pod => pod.spec!.nodeName)
        .sort(),
    ).toEqual(['node-a', 'node-b', 'node-c', 'node-d']);
  });

  it('leaves nodes whose taints it does not bear', () => {
    cluster.store.modify(
      { group: '', kind: 'Node', name: 'node-b' },
      object => {
        object.spec = { taints: [{ key: 'gpu', effect: 'NoSchedule' }] };
      },
    );
    cluster.pass(20);
    expect(status()).toMatchObject({
      desiredNumberScheduled: 2,
      numberReady: 2,
    });
    expect(cluster.pods('agent-').map(pod => pod.spec!.nodeName)).not.toContain(
      'node-b',
    );
  });

  it('rolls one node at a time', () => {
    let least = 3;
    const stop = cluster.store.subscribe(({ object }) => {
      if (object.kind === 'DaemonSet') {
        least = Math.min(least, object.status?.numberReady ?? 3);
      }
    });
    cluster.store.modify(KEY, object => {
      object.spec!.template = template('agent', {
        image: 'registry.example/app:2',
      });
    });
    cluster.pass(120);
    stop();
    expect(least).toBe(2);
    expect(status()).toMatchObject({
      observedGeneration: 2,
      updatedNumberScheduled: 3,
      numberReady: 3,
    });
  });
});
