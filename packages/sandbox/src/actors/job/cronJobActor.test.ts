import type { TestCluster } from '../testCluster';
import { createTestCluster, NAMESPACE, template } from '../testCluster';

const KEY = {
  group: 'batch',
  kind: 'CronJob',
  namespace: NAMESPACE,
  name: 'report',
};
const WORKLOAD = `${NAMESPACE}/report`;

describe('createCronJobActor', () => {
  let cluster: TestCluster;
  beforeEach(() => {
    cluster = createTestCluster();
  });
  afterEach(() => cluster.close());

  const create = (spec: Record<string, unknown> = {}) =>
    cluster.store.create({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'report', namespace: NAMESPACE },
      spec: {
        schedule: '*/10 * * * *',
        concurrencyPolicy: 'Forbid',
        jobTemplate: {
          spec: {
            backoffLimit: 0,
            template: template('report', { pod: { restartPolicy: 'Never' } }),
          },
        },
        ...spec,
      },
    });
  const status = () => cluster.store.get(KEY)!.status ?? {};
  const jobs = () =>
    cluster.store.list('batch', 'Job').map(job => job.metadata.name);

  it('runs by the clock and keeps the last three', () => {
    create();
    cluster.pass(9 * 60);
    expect(jobs()).toEqual([]);
    cluster.pass(60);
    const minute = Date.parse('2026-03-02T10:10:00Z') / 60_000;
    expect(jobs()).toEqual([`report-${minute}`]);
    expect(status()).toMatchObject({
      lastScheduleTime: '2026-03-02T10:10:00Z',
    });
    cluster.pass(60 * 60);
    expect(jobs()).toEqual([
      `report-${minute + 40}`,
      `report-${minute + 50}`,
      `report-${minute + 60}`,
    ]);
    expect(status()).toEqual({
      lastScheduleTime: '2026-03-02T11:10:00Z',
      lastSuccessfulTime: expect.stringMatching(/^2026-03-02T11:10:/),
    });
  });

  it('does not start a run while one hangs, and remembers the last that did', () => {
    cluster.actors.behaviours.set(WORKLOAD, { as: 'hangJob' });
    create();
    cluster.pass(60 * 60);
    expect(jobs()).toHaveLength(1);
    expect(status()).toEqual({
      active: [expect.objectContaining({ kind: 'Job', name: jobs()[0] })],
      lastScheduleTime: '2026-03-02T10:10:00Z',
    });
    expect(cluster.events('JobAlreadyActive')[0].count).toBe(5);
  });

  it('starts another beside it where that is allowed, or instead of it', () => {
    cluster.actors.behaviours.set(WORKLOAD, { as: 'hangJob' });
    create({ concurrencyPolicy: 'Allow' });
    cluster.pass(40 * 60);
    expect(status().active).toHaveLength(4);
    cluster.store.modify(KEY, object => {
      object.spec!.concurrencyPolicy = 'Replace';
    });
    cluster.pass(10 * 60);
    expect(status().active).toHaveLength(1);
  });

  it('keeps to its time zone, and to silence while suspended', () => {
    create({ schedule: '30 19 * * *', timeZone: 'Asia/Tokyo' });
    cluster.pass(31 * 60);
    expect(status().lastScheduleTime).toBe('2026-03-02T10:30:00Z');
    cluster.store.modify(KEY, object => {
      object.spec!.suspend = true;
    });
    cluster.pass(48 * 3600);
    expect(jobs()).toHaveLength(1);
  });

  it('keeps the one last failure', () => {
    cluster.actors.behaviours.set(WORKLOAD, { as: 'failJob' });
    create();
    cluster.pass(60 * 60);
    expect(jobs()).toHaveLength(1);
    expect(status()).not.toHaveProperty('lastSuccessfulTime');
  });
});
