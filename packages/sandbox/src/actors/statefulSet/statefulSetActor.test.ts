import type { TestCluster } from '../testCluster';
import { createTestCluster, NAMESPACE, workload } from '../testCluster';

const KEY = {
  group: 'apps',
  kind: 'StatefulSet',
  namespace: NAMESPACE,
  name: 'db',
};

const CLAIM = {
  metadata: { name: 'data' },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'standard',
    resources: { requests: { storage: '5Gi' } },
  },
};

describe('createStatefulSetActor', () => {
  let cluster: TestCluster;
  beforeEach(() => {
    cluster = createTestCluster();
  });
  afterEach(() => cluster.close());

  const create = (spec: Record<string, unknown> = {}) =>
    cluster.store.create(
      workload('apps/v1', 'StatefulSet', 'db', {
        replicas: 3,
        serviceName: 'db',
        volumeClaimTemplates: [CLAIM],
        ...spec,
      }),
    );
  const status = () => cluster.store.get(KEY)!.status!;

  it('starts pods one after another, each with a claim of its own that gets bound', () => {
    const order: string[] = [];
    const stop = cluster.store.subscribe(({ type, object }) => {
      if (object.kind === 'Pod' && type === 'ADDED') {
        const ready = cluster
          .pods('db-')
          .filter(pod =>
            pod.status?.conditions?.some(
              (c: any) => c.type === 'Ready' && c.status === 'True',
            ),
          );
        order.push(`${object.metadata.name} after ${ready.length}`);
      }
    });
    create();
    cluster.pass(120);
    stop();
    expect(order).toEqual(['db-0 after 0', 'db-1 after 1', 'db-2 after 2']);
    expect(status()).toMatchObject({
      observedGeneration: 1,
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      currentReplicas: 3,
      updatedReplicas: 3,
    });
    expect(status().currentRevision).toBe(status().updateRevision);
    const claims = cluster.store.list('', 'PersistentVolumeClaim');
    expect(claims.map(c => [c.metadata.name, c.status!.phase])).toEqual([
      ['data-db-0', 'Bound'],
      ['data-db-1', 'Bound'],
      ['data-db-2', 'Bound'],
    ]);
    expect(cluster.pods('db-0')[0].metadata.labels).toMatchObject({
      'apps.kubernetes.io/pod-index': '0',
      'statefulset.kubernetes.io/pod-name': 'db-0',
      'controller-revision-hash': status().currentRevision,
    });
  });

  it('rolls from the last pod to the first and stops at one that does not come up', () => {
    create();
    cluster.pass(120);
    const before = status().currentRevision;
    cluster.actors.behaviours.set(`${NAMESPACE}/db`, {
      as: 'imagePull',
      image: 'registry.example/db:typo',
    });
    cluster.store.modify(KEY, object => {
      object.spec!.template.spec.containers[0].image =
        'registry.example/db:typo';
    });
    cluster.pass(120);
    const images = cluster
      .pods('db-')
      .map(pod => pod.spec!.containers[0].image.split(':')[1]);
    expect(images).toEqual(['1', '1', 'typo']);
    expect(status()).toMatchObject({
      currentRevision: before,
      readyReplicas: 2,
      currentReplicas: 2,
      updatedReplicas: 1,
    });
    expect(status().updateRevision).not.toBe(before);
    cluster.actors.behaviours.set(`${NAMESPACE}/db`, { as: 'healthy' });
    cluster.pass(120);
    expect(status()).toMatchObject({
      currentRevision: status().updateRevision,
      readyReplicas: 3,
      updatedReplicas: 3,
    });
  });

  it('waits for a volume that nobody provides, and scales down from the end', () => {
    create({
      volumeClaimTemplates: [
        { ...CLAIM, spec: { ...CLAIM.spec, storageClassName: 'gold' } },
      ],
    });
    cluster.pass(60);
    expect(cluster.pods('db-').map(pod => pod.metadata.name)).toEqual(['db-0']);
    expect(cluster.pods('db-')[0].status!.conditions).toContainEqual(
      expect.objectContaining({
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: expect.stringContaining(
          'pod has unbound immediate PersistentVolumeClaims',
        ),
      }),
    );
    expect(cluster.events('ProvisioningFailed')[0].message).toBe(
      'storageclass.storage.k8s.io "gold" not found',
    );
    cluster.store.create({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'gold' },
      provisioner: 'disk.example',
      volumeBindingMode: 'Immediate',
    });
    cluster.pass(120);
    expect(status().readyReplicas).toBe(3);
    cluster.store.modify(KEY, object => {
      object.spec!.replicas = 1;
    });
    cluster.pass(30);
    expect(cluster.pods('db-').map(pod => pod.metadata.name)).toEqual(['db-0']);
    expect(cluster.store.list('', 'PersistentVolumeClaim')).toHaveLength(3);
  });
});
