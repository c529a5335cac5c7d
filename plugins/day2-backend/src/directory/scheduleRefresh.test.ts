import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createTestDatabases } from '../database/__testUtils__/createTestDatabases';
import { ManualClock } from '../engine/__testUtils__/ManualClock';
import { refreshUntilCalm, scheduleRefresh } from './scheduleRefresh';

jest.setTimeout(120_000);

const entity = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default', etag: '1' },
  spec: { type: 'service' },
});

describe('scheduleRefresh', () => {
  const databases = createTestDatabases();

  async function setup(entities: Entity[]) {
    const clock = new ManualClock();
    const start = clock.now();
    const listedAt: number[] = [];
    const catalog = catalogServiceMock();
    catalog.streamEntities = async function* stream() {
      listedAt.push((clock.now() - start) / 1000);
      yield [...entities];
    };
    catalog.getEntitiesByRefs = async () => ({ items: [...entities] });
    const onRefreshed = jest.fn(async () => {});
    const controller = new AbortController();
    return {
      clock,
      listedAt,
      onRefreshed,
      controller,
      options: {
        knex: await databases.init('SQLITE_3'),
        catalog,
        auth: mockServices.auth(),
        filter: [],
        deriveServices: async () => {},
        clock,
        logger: mockServices.logger.mock(),
        refreshMs: 60_000,
        onRefreshed,
        signal: controller.signal,
      },
    };
  }

  /** Time goes on by half a second whenever the work waits for it. */
  async function finish(work: Promise<void>, clock: ManualClock) {
    let done = false;
    const finished = work.finally(() => {
      done = true;
    });
    while (!done) {
      await clock.advance(clock.pending > 0 ? 500 : 0);
    }
    await finished;
  }

  it('asks again soon while the catalog is empty or fills, and then is calm', async () => {
    const entities: Entity[] = [];
    const { options, clock, listedAt, onRefreshed } = await setup(entities);
    const work = refreshUntilCalm(options);
    while (clock.pending === 0) {
      await clock.advance(0);
    }
    entities.push(entity('a'));
    await finish(work, clock);
    expect(listedAt).toEqual([0, 5, 15]);
    expect(onRefreshed).toHaveBeenCalledTimes(1);

    listedAt.length = 0;
    await finish(refreshUntilCalm(options), clock);
    expect(listedAt).toHaveLength(1);
    expect(onRefreshed).toHaveBeenCalledTimes(1);
  });

  it('stays within its period, and stops waiting when the portal stops', async () => {
    const { options, clock, listedAt, controller } = await setup([]);
    await finish(refreshUntilCalm({ ...options, refreshMs: 12_000 }), clock);
    expect(listedAt).toEqual([0, 5]);

    const work = refreshUntilCalm(options);
    while (clock.pending === 0) {
      await clock.advance(0);
    }
    controller.abort();
    await work;
    expect(clock.pending).toBe(0);
  });

  it('is one task for all replicas, as often as configured', async () => {
    const { options } = await setup([]);
    const scheduler = mockServices.scheduler.mock();
    await scheduleRefresh({ ...options, scheduler });
    expect(scheduler.scheduleTask).toHaveBeenCalledWith(
      expect.objectContaining({
        id: 'day2-directory-refresh',
        scope: 'global',
        frequency: { milliseconds: 60_000 },
      }),
    );
  });
});
