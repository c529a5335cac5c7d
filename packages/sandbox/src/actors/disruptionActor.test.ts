import { createTestCluster, NAMESPACE, workload } from './testCluster';

describe('createDisruptionActor', () => {
  it('counts against what the controllers ask for', () => {
    const cluster = createTestCluster();
    cluster.store.create(
      workload('apps/v1', 'Deployment', 'web', { replicas: 4 }),
    );
    for (const [name, spec] of Object.entries({
      few: { minAvailable: '50%' },
      none: { maxUnavailable: 0 },
    })) {
      cluster.store.create({
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name, namespace: NAMESPACE },
        spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
      });
    }
    const status = (name: string) =>
      cluster.store.get({
        group: 'policy',
        kind: 'PodDisruptionBudget',
        namespace: NAMESPACE,
        name,
      })!.status;
    cluster.pass(30);
    expect(status('few')).toMatchObject({
      expectedPods: 4,
      desiredHealthy: 2,
      currentHealthy: 4,
      disruptionsAllowed: 2,
      observedGeneration: 1,
      conditions: [
        { type: 'DisruptionAllowed', status: 'True', reason: 'SufficientPods' },
      ],
    });
    expect(status('none')).toMatchObject({
      desiredHealthy: 4,
      disruptionsAllowed: 0,
      conditions: [{ status: 'False', reason: 'InsufficientPods' }],
    });
    cluster.actors.behaviours.set(`${NAMESPACE}/web`, {
      as: 'unready',
      pods: 3,
    });
    cluster.pass(30);
    expect(status('few')).toMatchObject({
      currentHealthy: 1,
      disruptionsAllowed: 0,
    });
    cluster.close();
  });
});
