import type { TestCluster } from '../testCluster';
import { createTestCluster, NAMESPACE, workload } from '../testCluster';

const KEY = {
  group: 'autoscaling',
  kind: 'HorizontalPodAutoscaler',
  namespace: NAMESPACE,
  name: 'web',
};

describe('createAutoscalerActor', () => {
  let cluster: TestCluster;
  beforeEach(() => {
    cluster = createTestCluster();
    cluster.store.create(
      workload('apps/v1', 'Deployment', 'web', { replicas: 2 }),
    );
    cluster.actors.behaviours.setLoad(`${NAMESPACE}/web`, 0.12);
    cluster.pass(20);
    cluster.store.create({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web', namespace: NAMESPACE },
      spec: {
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'web',
        },
        minReplicas: 2,
        maxReplicas: 4,
        metrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { type: 'Utilization', averageUtilization: 60 },
            },
          },
        ],
      },
    });
    cluster.pass(30);
  });
  afterEach(() => cluster.close());

  const status = () => cluster.store.get(KEY)!.status!;
  const says = (type: string) => {
    const found = status().conditions.find((c: any) => c.type === type);
    return `${found?.status} ${found?.reason}`;
  };

  it('is content near its target', () => {
    expect(status()).toMatchObject({
      currentReplicas: 2,
      desiredReplicas: 2,
      currentMetrics: [
        {
          type: 'Resource',
          resource: {
            name: 'cpu',
            current: { averageUtilization: 60, averageValue: '60m' },
          },
        },
      ],
    });
    expect(says('AbleToScale')).toBe('True ReadyForNewScale');
    expect(says('ScalingActive')).toBe('True ValidMetricFound');
    expect(says('ScalingLimited')).toBe('False DesiredWithinRange');
  });

  it('grows to its ceiling and says that it wants more, then shrinks after five quiet minutes', () => {
    cluster.actors.behaviours.setLoad(`${NAMESPACE}/web`, 0.4);
    cluster.pass(60);
    expect(cluster.deployment('web').status!.readyReplicas).toBe(4);
    expect(status()).toMatchObject({
      currentReplicas: 4,
      desiredReplicas: 4,
      lastScaleTime: expect.any(String),
    });
    expect(says('ScalingLimited')).toBe('True TooManyReplicas');
    cluster.actors.behaviours.setLoad(`${NAMESPACE}/web`, 0.05);
    cluster.pass(120);
    expect(cluster.deployment('web').spec!.replicas).toBe(4);
    expect(says('AbleToScale')).toBe('True ScaleDownStabilized');
    cluster.pass(300);
    expect(cluster.deployment('web').spec!.replicas).toBe(2);
    expect(says('ScalingLimited')).toBe('True TooFewReplicas');
    expect(cluster.events('SuccessfulRescale')[0].type).toBe('Normal');
  });

  it('says when its target is not there', () => {
    cluster.store.delete({
      group: 'apps',
      kind: 'Deployment',
      namespace: NAMESPACE,
      name: 'web',
    });
    cluster.pass(30);
    expect(says('AbleToScale')).toBe('False FailedGetScale');
  });
});
