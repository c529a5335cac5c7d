import type { TestCluster } from '../testCluster';
import {
  createTestCluster,
  NAMESPACE,
  template,
  workload,
} from '../testCluster';

describe('createSchedulerActor', () => {
  let cluster: TestCluster;
  beforeEach(() => {
    cluster = createTestCluster();
  });
  afterEach(() => cluster.close());

  const deploy = (options: Parameters<typeof template>[1], replicas = 1) =>
    cluster.store.create(
      workload('apps/v1', 'Deployment', 'web', {
        replicas,
        template: template('web', options),
      }),
    );
  const scheduled = () =>
    cluster
      .pods('web-')[0]
      .status!.conditions.find((c: any) => c.type === 'PodScheduled');
  const node = (name: string, spec: Record<string, unknown>) =>
    cluster.store.modify({ group: '', kind: 'Node', name }, object => {
      object.spec = spec;
    });

  it('says in the words of the real one why a pod fits nowhere, and places it once it does', () => {
    node('node-a', { unschedulable: true });
    node('node-b', {
      taints: [
        { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' },
      ],
    });
    deploy({ memory: '6Gi' });
    cluster.pass(20);
    const message =
      '0/3 nodes are available: 1 Insufficient memory, 1 node(s) had untolerated taint {node.kubernetes.io/memory-pressure: }, 1 node(s) were unschedulable. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';
    expect(scheduled()).toMatchObject({
      status: 'False',
      reason: 'Unschedulable',
      message,
    });
    expect(cluster.pods('web-')[0].status!.phase).toBe('Pending');
    expect(cluster.events('FailedScheduling')).toEqual([
      expect.objectContaining({
        type: 'Warning',
        message,
        count: 1,
        reportingComponent: 'default-scheduler',
      }),
    ]);
    cluster.pass(300);
    expect(cluster.events('FailedScheduling')[0].count).toBe(2);
    cluster.store.modify(
      { group: '', kind: 'Node', name: 'node-c' },
      object => {
        object.status!.allocatable.memory = '8Gi';
      },
      { status: true },
    );
    cluster.pass(20);
    expect(cluster.pods('web-')[0].spec!.nodeName).toBe('node-c');
    expect(cluster.deployment('web').status!.readyReplicas).toBe(1);
  });

  it('never gives away more than a node has', () => {
    deploy({ memory: '1500Mi' }, 8);
    cluster.pass(60);
    const placed = cluster.pods('web-').filter(pod => pod.spec!.nodeName);
    expect(placed).toHaveLength(6);
    const [waiting] = cluster.pods('web-').filter(pod => !pod.spec!.nodeName);
    expect(waiting.status!.conditions[0].message).toBe(
      '0/3 nodes are available: 3 Insufficient memory. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
    );
    cluster.store.modify(
      { group: 'apps', kind: 'Deployment', namespace: NAMESPACE, name: 'web' },
      object => {
        object.spec!.replicas = 6;
      },
    );
    cluster.pass(30);
    expect(cluster.deployment('web').status!.readyReplicas).toBe(6);
  });

  it('keeps to selectors', () => {
    deploy(
      {
        pod: { nodeSelector: { 'kubernetes.io/hostname': 'node-b' } },
      },
      2,
    );
    cluster.pass(20);
    expect(cluster.pods('web-').map(pod => pod.spec!.nodeName)).toEqual([
      'node-b',
      'node-b',
    ]);
  });
});
