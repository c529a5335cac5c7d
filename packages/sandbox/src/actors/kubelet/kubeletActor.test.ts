import type { TestCluster } from '../testCluster';
import {
  createTestCluster,
  NAMESPACE,
  template,
  workload,
} from '../testCluster';

const WORKLOAD = `${NAMESPACE}/web`;

describe('createKubeletActor', () => {
  let cluster: TestCluster;
  beforeEach(() => {
    cluster = createTestCluster();
  });
  afterEach(() => cluster.close());

  const deploy = (pod = template('web')) => {
    cluster.store.create(
      workload('apps/v1', 'Deployment', 'web', { replicas: 1, template: pod }),
    );
  };
  const pod = () => cluster.pods('web-')[0];
  const container = () => pod().status!.containerStatuses[0];
  const until = (isSo: () => boolean, limit = 1_000) => {
    for (let second = 0; second < limit; second++) {
      if (isSo()) return;
      cluster.pass(1);
    }
    throw new Error('it never became so');
  };

  it('takes a pod from creation to ready over seconds', () => {
    deploy(template('web', { probe: true }));
    const phases: string[] = [];
    const stop = cluster.store.subscribe(({ type, object }) => {
      if (object.kind !== 'Pod' || type === 'DELETED') return;
      const state = object.status?.containerStatuses?.[0]?.state ?? {};
      const ready = object.status?.conditions?.find(
        (c: any) => c.type === 'Ready',
      )?.status;
      const text = `${object.status?.phase} ${
        state.waiting?.reason ?? Object.keys(state)[0]
      } ${ready}`;
      if (phases[phases.length - 1] !== text) phases.push(text);
    });
    cluster.pass(20);
    stop();
    expect(phases).toEqual([
      'undefined undefined undefined',
      'Pending undefined undefined',
      'Pending ContainerCreating False',
      'Running running False',
      'Running running True',
    ]);
    expect(pod().status).toMatchObject({
      qosClass: 'Burstable',
      hostIP: '10.0.0.1',
      podIP: expect.stringMatching(/^10\.244\./),
    });
    expect(cluster.store.list('', 'Event').map(e => e.reason)).toEqual(
      expect.arrayContaining([
        'Scheduled',
        'Pulling',
        'Pulled',
        'Created',
        'Started',
      ]),
    );
  });

  it('backs off from a crash twice as long each time, and remembers the last exit', () => {
    cluster.actors.behaviours.set(WORKLOAD, {
      as: 'crashLoop',
      exitCode: 3,
      runMs: [1_000, 1_000],
    });
    deploy();
    const waits: string[] = [];
    const stop = cluster.store.subscribe(({ object }) => {
      const message: string | undefined =
        object.status?.containerStatuses?.[0]?.state?.waiting?.message;
      const wait = /^back-off (\S+) restarting/.exec(message ?? '')?.[1];
      if (wait && waits[waits.length - 1] !== wait) waits.push(wait);
    });
    cluster.pass(900);
    stop();
    expect(waits).toEqual(['10s', '20s', '40s', '1m20s', '2m40s', '5m0s']);
    expect(container()).toMatchObject({
      ready: false,
      started: false,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 3, reason: 'Error' } },
    });
    expect(pod().status!.phase).toBe('Running');
    const [event] = cluster.events('BackOff');
    expect(event.count).toBeGreaterThanOrEqual(6);
    const restarts = container().restartCount;
    expect(restarts).toBeGreaterThanOrEqual(6);
    cluster.actors.behaviours.set(WORKLOAD, { as: 'healthy' });
    cluster.pass(5);
    expect(container()).toMatchObject({
      ready: true,
      restartCount: restarts + 1,
    });
  });

  it('kills for memory with 137, at once when a running workload is broken', () => {
    deploy();
    cluster.pass(20);
    expect(container().ready).toBe(true);
    cluster.actors.behaviours.set(WORKLOAD, {
      as: 'oom',
      runMs: [60_000, 60_000],
    });
    until(() => container().state.terminated !== undefined, 10);
    expect(container()).toMatchObject({
      restartCount: 0,
      state: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
      lastState: {},
    });
    cluster.pass(2);
    expect(container()).toMatchObject({
      restartCount: 1,
      state: { running: {} },
      lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
    });
  });

  it('concerns as many pods as a behaviour says', () => {
    cluster.store.create(
      workload('apps/v1', 'Deployment', 'web', { replicas: 3 }),
    );
    cluster.pass(20);
    cluster.actors.behaviours.set(WORKLOAD, { as: 'unready', pods: 2 });
    cluster.pass(20);
    expect(cluster.deployment('web').status).toMatchObject({
      readyReplicas: 1,
      unavailableReplicas: 2,
    });
    cluster.pass(120);
    const [event] = cluster.events('Unhealthy');
    expect(event).toMatchObject({
      type: 'Warning',
      message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
      involvedObject: { kind: 'Pod', fieldPath: 'spec.containers{main}' },
    });
    expect(event.count).toBeGreaterThan(1);
  });

  it('runs init containers in turn and sidecars for good', () => {
    const spec = template('web', {
      pod: {
        initContainers: [
          { name: 'migrate', image: 'registry.example/migrate:1' },
          {
            name: 'proxy',
            image: 'registry.example/proxy:1',
            restartPolicy: 'Always',
          },
        ],
      },
    });
    deploy(spec);
    until(() => pod()?.status?.initContainerStatuses?.[0].state.running, 20);
    expect(pod().status).toMatchObject({ phase: 'Pending' });
    expect(container().state).toEqual({
      waiting: { reason: 'PodInitializing' },
    });
    expect(pod().status!.conditions).toContainEqual(
      expect.objectContaining({
        type: 'Initialized',
        status: 'False',
        message: 'containers with incomplete status: [migrate proxy]',
      }),
    );
    cluster.pass(60);
    const [migrate, proxy] = pod().status!.initContainerStatuses;
    expect(migrate.state.terminated).toMatchObject({
      exitCode: 0,
      reason: 'Completed',
    });
    expect(proxy).toMatchObject({ ready: true, state: { running: {} } });
    expect(container().ready).toBe(true);
  });

  it('ends a deleted pod within its grace and lets its controller replace it', () => {
    deploy();
    cluster.pass(20);
    const { name, namespace } = pod().metadata;
    cluster.store.delete({ group: '', kind: 'Pod', namespace, name });
    expect(pod().metadata.deletionTimestamp).toBeDefined();
    expect(pod().metadata.deletionGracePeriodSeconds).toBe(30);
    cluster.pass(20);
    expect(cluster.pods('web-')).toHaveLength(1);
    expect(pod().metadata.name).not.toBe(name);
    expect(cluster.deployment('web').status!.readyReplicas).toBe(1);
  });
});
