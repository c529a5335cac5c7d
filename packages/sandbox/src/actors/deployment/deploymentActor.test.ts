import type { TestCluster } from '../testCluster';
import {
  createTestCluster,
  NAMESPACE,
  START,
  template,
  workload,
} from '../testCluster';
import { timestamp } from '../time';

const KEY = {
  group: 'apps',
  kind: 'Deployment',
  namespace: NAMESPACE,
  name: 'web',
};

function conditions(cluster: TestCluster) {
  const list = cluster.deployment('web').status?.conditions ?? [];
  return Object.fromEntries(
    list.map((condition: any) => [
      condition.type,
      `${condition.status} ${condition.reason}`,
    ]),
  );
}

describe('createDeploymentActor', () => {
  let cluster: TestCluster;
  beforeEach(() => {
    cluster = createTestCluster();
    cluster.store.create(
      workload('apps/v1', 'Deployment', 'web', {
        replicas: 3,
        progressDeadlineSeconds: 60,
      }),
    );
    cluster.pass(30);
  });
  afterEach(() => cluster.close());

  const setImage = (image: string) =>
    cluster.store.modify(KEY, object => {
      object.spec!.template.spec.containers[0].image = image;
    });

  it('brings up what is asked for, with the status that the real controller writes', () => {
    const { status, metadata } = cluster.deployment('web');
    const times = {
      lastUpdateTime: expect.any(String),
      lastTransitionTime: expect.any(String),
    };
    expect(status).toEqual({
      observedGeneration: 1,
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      conditions: expect.arrayContaining([
        {
          type: 'Available',
          status: 'True',
          reason: 'MinimumReplicasAvailable',
          message: 'Deployment has minimum availability.',
          ...times,
        },
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
          message: expect.stringMatching(
            /^ReplicaSet "web-[a-z0-9]+" has successfully progressed\.$/,
          ),
          ...times,
          lastTransitionTime: timestamp(START),
        },
      ]),
    });
    expect(metadata.annotations).toEqual({
      'deployment.kubernetes.io/revision': '1',
    });
    const [set] = cluster.store.list('apps', 'ReplicaSet');
    const [pod] = cluster.pods('web-');
    expect(pod.metadata.labels).toEqual(set.spec!.selector.matchLabels);
    expect(pod.metadata.name).toMatch(
      new RegExp(`^${set.metadata.name}-[a-z0-9]{5}$`),
    );
    expect(new Set(cluster.pods('web-').map(p => p.spec!.nodeName)).size).toBe(
      3,
    );
  });

  it('scales up and down without a new revision', () => {
    cluster.store.modify(KEY, object => {
      object.spec!.replicas = 5;
    });
    cluster.pass(20);
    expect(cluster.deployment('web').status).toMatchObject({
      replicas: 5,
      readyReplicas: 5,
      observedGeneration: 2,
    });
    cluster.store.modify(KEY, object => {
      object.spec!.replicas = 0;
    });
    cluster.pass(20);
    expect(cluster.pods('web-')).toEqual([]);
    expect(cluster.deployment('web').status).not.toHaveProperty(
      'readyReplicas',
    );
    expect(cluster.store.list('apps', 'ReplicaSet')).toHaveLength(1);
    const said = cluster.events('ScalingReplicaSet').map(e => e.message);
    expect(said.sort()).toEqual([
      expect.stringMatching(/^Scaled down replica set web-\w+ from 5 to 0$/),
      expect.stringMatching(/^Scaled up replica set web-\w+ from 0 to 3$/),
      expect.stringMatching(/^Scaled up replica set web-\w+ from 3 to 5$/),
    ]);
  });

  it('rolls out within its surge and never below its minimum', () => {
    let least = 3;
    let most = 3;
    const stop = cluster.store.subscribe(({ object }) => {
      if (object.kind !== 'Deployment') return;
      least = Math.min(least, object.status?.availableReplicas ?? 0);
      most = Math.max(most, object.status?.replicas ?? 0);
    });
    setImage('registry.example/app:2');
    cluster.pass(60);
    stop();
    expect({ least, most }).toEqual({ least: 3, most: 4 });
    const images = cluster
      .pods('web-')
      .map(pod => pod.spec!.containers[0].image);
    expect(images).toEqual(Array(3).fill('registry.example/app:2'));
    expect(
      cluster.store
        .list('apps', 'ReplicaSet')
        .map(set => set.spec!.replicas)
        .sort(),
    ).toEqual([0, 3]);
    setImage('registry.example/app:1');
    cluster.pass(60);
    expect(cluster.store.list('apps', 'ReplicaSet')).toHaveLength(2);
    expect(cluster.deployment('web').metadata.annotations).toEqual({
      'deployment.kubernetes.io/revision': '3',
    });
  });

  it('says ProgressDeadlineExceeded when an image does not exist, and recovers', () => {
    cluster.actors.behaviours.set(`${NAMESPACE}/web`, {
      as: 'imagePull',
      image: 'registry.example/app:typo',
    });
    setImage('registry.example/app:typo');
    cluster.pass(30);
    expect(conditions(cluster)).toEqual({
      Available: 'True MinimumReplicasAvailable',
      Progressing: 'True ReplicaSetUpdated',
    });
    cluster.pass(60);
    expect(conditions(cluster)).toEqual({
      Available: 'True MinimumReplicasAvailable',
      Progressing: 'False ProgressDeadlineExceeded',
    });
    expect(cluster.deployment('web').status).toMatchObject({
      updatedReplicas: 1,
      availableReplicas: 3,
      unavailableReplicas: 1,
    });
    const [waiting] = cluster
      .pods('web-')
      .filter(pod => pod.status!.phase === 'Pending');
    expect(waiting.status!.containerStatuses[0].state.waiting).toEqual({
      reason: 'ImagePullBackOff',
      message: expect.stringContaining('registry.example/app:typo'),
    });
    setImage('registry.example/app:1');
    cluster.pass(30);
    expect(conditions(cluster).Progressing).toBe('True NewReplicaSetAvailable');
    expect(cluster.pods('web-')).toHaveLength(3);
  });

  it('stops the old pods first when the strategy is Recreate', () => {
    cluster.store.modify(KEY, object => {
      object.spec!.strategy = { type: 'Recreate' };
    });
    const together = new Set<string>();
    const stop = cluster.store.subscribe(() => {
      const images = new Set(
        cluster.pods('web-').map(pod => pod.spec!.containers[0].image),
      );
      together.add([...images].sort().join(' '));
    });
    setImage('registry.example/app:2');
    cluster.pass(60);
    stop();
    expect([...together].filter(images => images.includes(' '))).toEqual([]);
    expect(conditions(cluster).Progressing).toBe('True NewReplicaSetAvailable');
  });

  it('holds a change while paused', () => {
    cluster.store.modify(KEY, object => {
      object.spec!.paused = true;
      object.spec!.template = template('web', {
        image: 'registry.example/app:2',
      });
    });
    cluster.pass(20);
    expect(conditions(cluster).Progressing).toBe('Unknown DeploymentPaused');
    expect(cluster.store.list('apps', 'ReplicaSet')).toHaveLength(1);
    cluster.store.modify(KEY, object => {
      delete object.spec!.paused;
    });
    cluster.pass(60);
    expect(conditions(cluster).Progressing).toBe('True NewReplicaSetAvailable');
    expect(cluster.store.list('apps', 'ReplicaSet')).toHaveLength(2);
  });

  it('stops at a quota and says why', () => {
    cluster.store.create({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'small', namespace: NAMESPACE },
      spec: { hard: { pods: '4', 'requests.cpu': '1' } },
    });
    cluster.store.modify(KEY, object => {
      object.spec!.replicas = 6;
    });
    cluster.pass(20);
    const message =
      /^pods "web-\w+-\w{5}" is forbidden: exceeded quota: small, requested: pods=1, used: pods=4, limited: pods=4$/;
    expect(cluster.deployment('web').status!.conditions).toContainEqual(
      expect.objectContaining({
        type: 'ReplicaFailure',
        status: 'True',
        reason: 'FailedCreate',
        message: expect.stringMatching(message),
      }),
    );
    expect(cluster.store.list('', 'ResourceQuota')[0].status).toEqual({
      hard: { pods: '4', 'requests.cpu': '1' },
      used: { pods: '4', 'requests.cpu': '400m' },
    });
  });

  it('needs what a quota limits to be said', () => {
    cluster.store.create({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'strict', namespace: NAMESPACE },
      spec: { hard: { 'limits.memory': '5Gi' } },
    });
    setImage('registry.example/app:2');
    cluster.pass(20);
    expect(cluster.deployment('web').status!.conditions).toContainEqual(
      expect.objectContaining({
        type: 'ReplicaFailure',
        message: expect.stringMatching(
          /is forbidden: failed quota: strict: must specify limits\.memory for: main$/,
        ),
      }),
    );
    expect(cluster.deployment('web').status!.readyReplicas).toBe(3);
  });

  it('leaves nothing behind when it is deleted', () => {
    cluster.store.delete(KEY);
    cluster.pass(20);
    expect(cluster.store.list('apps', 'ReplicaSet')).toEqual([]);
    expect(cluster.pods('web-')).toEqual([]);
  });
});
