import { FaultKind } from 'sandbox';
import {
  createReader,
  itemsOf,
  people,
  Reader,
  waitUntilJudged,
} from './support/createReader';
import {
  companyServices,
  SandboxPortal,
  startSandboxPortal,
} from './support/startSandboxPortal';
import { waitFor } from './support/waitFor';

jest.setTimeout(240_000);

const STALE_SECONDS = 90;
const BACK_SECONDS = 30;

/** Runs in production only, healthy there until it is broken. */
const service = 'component:default/workspace-store';
/** Runs in both. */
const both = 'component:default/gsv-portal';

describe('a cluster that is lost', () => {
  let portal: SandboxPortal;
  let mara: Reader;

  beforeAll(async () => {
    portal = await startSandboxPortal();
    mara = await createReader({ url: portal.backend.url, person: people.mara });
    await waitUntilJudged(mara, { services: companyServices, seconds: 90 });
  });

  afterAll(() => portal?.close());

  it.each<FaultKind>(['cut', 'hang'])(
    'is unknown while it is %s, never healthy, and right when it is back',
    async fault => {
      const { sandbox } = portal;
      const before = await mara.services();
      const known = before.items.find(({ entityRef }) => entityRef === service);
      expect(known?.health).toBe('healthy');
      const only = before.items.filter(
        ({ clusters }) => clusters.length === 1 && clusters[0] === 'production',
      );
      expect(only.length).toBeGreaterThan(3);
      const staging = await mara.services('cluster=staging&limit=200');

      sandbox.cut('production', { kind: fault });
      const { ms: lost } = await waitFor(
        async () => {
          const { items } = await mara.clusters();
          expect(items.find(({ name }) => name === 'production')).toMatchObject(
            { state: 'silent', health: 'unknown', reason: 'Stale' },
          );
          expect(items.find(({ name }) => name === 'staging')).toMatchObject({
            state: 'connected',
            health: 'healthy',
          });
          const now = await mara.services();
          for (const { entityRef } of only) {
            const row = now.items.find(item => item.entityRef === entityRef);
            expect(row).toMatchObject({
              health: 'unknown',
              reason: 'Stale',
              silentClusters: ['production'],
              lastKnown: { health: expect.any(String) },
            });
          }
        },
        { seconds: STALE_SECONDS },
      );
      await expectNothingGreen();
      const elsewhere = await mara.services('cluster=staging&limit=200');
      expect(elsewhere.items.map(({ entityRef }) => entityRef).sort()).toEqual(
        staging.items.map(({ entityRef }) => entityRef).sort(),
      );
      expect(
        itemsOf(await mara.report(both))
          .filter(({ environment }) => environment === 'staging')
          .map(({ health }) => health),
      ).not.toContain('unknown');

      // What happened meanwhile shows when it is back, and so does what did not.
      sandbox.break(
        'production',
        { namespace: 'gsv-prod', name: 'gsv-portal' },
        'unready',
      );
      sandbox.join('production');
      const { ms: back } = await waitFor(
        async () => {
          const { items } = await mara.clusters();
          for (const { state, health } of items) {
            expect({ state, unknown: health === 'unknown' }).toEqual({
              state: 'connected',
              unknown: false,
            });
          }
          const now = await mara.services();
          expect(now.items.filter(({ reason }) => reason === 'Stale')).toEqual(
            [],
          );
          expect(
            now.items.find(({ entityRef }) => entityRef === service),
          ).toMatchObject({ health: 'healthy', since: known?.since });
          expect(
            now.items.find(({ entityRef }) => entityRef === both),
          ).toMatchObject({ reason: 'ReadinessFailing' });
        },
        { seconds: BACK_SECONDS },
      );
      process.stderr.write(
        `  ${fault}: ms until unknown ${Math.round(
          lost,
        )}, until right again ${Math.round(back)}\n`,
      );
      sandbox.mend('production', { namespace: 'gsv-prod', name: 'gsv-portal' });
      await waitFor(
        async () =>
          expect(await mara.report(both)).toMatchObject({ health: 'healthy' }),
        { seconds: 60 },
      );
      const { lanes } = await mara.timeline(service);
      const spans = lanes.flatMap(lane => lane.spans);
      expect(spans.length).toBeGreaterThan(0);
    },
  );

  /** Everything of the lost cluster: list, counts, filters, report, items. */
  async function expectNothingGreen() {
    const lost = 'cluster=production&limit=200';
    const list = await mara.services(lost);
    expect(list.items.length).toBeGreaterThan(15);
    expect(new Set(list.items.map(({ health }) => health))).toEqual(
      new Set(['unknown']),
    );
    expect(list.counts).toMatchObject({
      healthy: 0,
      unknown: list.totalItems,
    });
    const green = await mara.services(`${lost}&health=healthy`);
    expect(green).toMatchObject({ items: [], totalItems: 0 });
    const report = await mara.report(service);
    expect(report).toMatchObject({
      health: 'unknown',
      reason: 'Stale',
      lastKnown: { health: 'healthy' },
      freshness: [{ cluster: 'production', state: 'silent' }],
    });
    expect(report.unknown).toEqual([
      expect.objectContaining({ cluster: 'production', why: 'Stale' }),
    ]);
    for (const item of itemsOf(report)) {
      expect(item).toMatchObject({
        health: 'unknown',
        reason: 'Stale',
        lastKnown: { reason: expect.any(String) },
      });
    }
    const { items } = await mara.items(lost);
    expect(new Set(items.map(({ health }) => health))).toEqual(
      new Set(['unknown']),
    );
  }
});
