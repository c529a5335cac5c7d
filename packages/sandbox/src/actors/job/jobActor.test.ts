import type { TestCluster } from '../testCluster';
import { createTestCluster, NAMESPACE, template } from '../testCluster';

const KEY = {
  group: 'batch',
  kind: 'Job',
  namespace: NAMESPACE,
  name: 'import',
};
const WORKLOAD = `${NAMESPACE}/import`;

describe('createJobActor', () => {
  let cluster: TestCluster;
  beforeEach(() => {
    cluster = createTestCluster();
  });
  afterEach(() => cluster.close());

  const create = (spec: Record<string, unknown> = {}) =>
    cluster.store.create({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'import', namespace: NAMESPACE },
      spec: {
        completions: 1,
        parallelism: 1,
        backoffLimit: 2,
        template: template('import', { pod: { restartPolicy: 'Never' } }),
        ...spec,
      },
    });
  const job = () => cluster.store.get(KEY);
  const outcome = () =>
    (job()?.status?.conditions ?? []).map(
      (c: any) => `${c.type}=${c.status} ${c.reason}`,
    );

  it('completes as often as asked, no more at a time than allowed, and goes after its time', () => {
    create({ completions: 4, parallelism: 2, ttlSecondsAfterFinished: 100 });
    let most = 0;
    const stop = cluster.store.subscribe(({ object }) => {
      if (object.kind === 'Job') {
        most = Math.max(most, object.status?.active ?? 0);
      }
    });
    cluster.pass(120);
    stop();
    expect(most).toBe(2);
    expect(job()!.status).toMatchObject({
      succeeded: 4,
      ready: 0,
      terminating: 0,
      uncountedTerminatedPods: {},
      completionTime: expect.any(String),
    });
    expect(outcome()).toEqual([
      'SuccessCriteriaMet=True CompletionsReached',
      'Complete=True CompletionsReached',
    ]);
    cluster.pass(120);
    expect(job()).toBeUndefined();
    expect(cluster.pods('import')).toEqual([]);
  });

  it('fails after its retries, each later than the last', () => {
    cluster.actors.behaviours.set(WORKLOAD, {
      as: 'failJob',
      exitCode: 2,
      runMs: [1_000, 1_000],
    });
    create();
    cluster.pass(300);
    expect(job()!.status).toMatchObject({ failed: 3 });
    expect(job()!.status).not.toHaveProperty('completionTime');
    expect(outcome()).toEqual([
      'FailureTarget=True BackoffLimitExceeded',
      'Failed=True BackoffLimitExceeded',
    ]);
    const starts = cluster
      .pods('import')
      .map(pod => Date.parse(pod.metadata.creationTimestamp!))
      .sort((a, b) => a - b);
    const gaps = starts
      .slice(1)
      .map((at, index) => (at - starts[index]) / 1000);
    expect(gaps[0]).toBeGreaterThanOrEqual(10);
    expect(gaps[1]).toBeGreaterThanOrEqual(20);
    expect(cluster.pods('import')[0].status).toMatchObject({
      phase: 'Failed',
      containerStatuses: [
        { state: { terminated: { exitCode: 2, reason: 'Error' } } },
      ],
    });
    expect(cluster.events('BackoffLimitExceeded')).toHaveLength(1);
  });

  it('ends at its deadline', () => {
    cluster.actors.behaviours.set(WORKLOAD, { as: 'hangJob' });
    create({ activeDeadlineSeconds: 60 });
    cluster.pass(50);
    expect(job()!.status).toMatchObject({ active: 1, ready: 1 });
    cluster.pass(30);
    expect(outcome()).toContain('Failed=True DeadlineExceeded');
    expect(cluster.pods('import')).toEqual([]);
  });

  it('stops while suspended', () => {
    create({ suspend: true });
    cluster.pass(30);
    expect(cluster.pods('import')).toEqual([]);
    expect(outcome()).toEqual(['Suspended=True JobSuspended']);
    cluster.store.modify(KEY, object => {
      object.spec!.suspend = false;
    });
    cluster.pass(60);
    expect(outcome()).toEqual([
      'Suspended=False JobResumed',
      'SuccessCriteriaMet=True CompletionsReached',
      'Complete=True CompletionsReached',
    ]);
  });
});
