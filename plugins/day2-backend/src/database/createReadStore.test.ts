import {
  clusterSchema,
  itemListSchema,
  itemSchema,
  serviceListSchema,
  serviceReportSchema,
  serviceTimelineSchema,
} from '@day2ops/backstage-plugin-day2-common';
import { Knex } from 'knex';
import { ReadStore, VisibleSet } from '../model/reads';
import { EntityLink, JudgedItem, Lease, ScopeStore } from '../model/types';
import { createTestDatabases } from './__testUtils__/createTestDatabases';
import {
  addCluster,
  addEntity,
  createBatch,
  createItem,
  createVerdict,
  hold,
  minute,
} from './__testUtils__/fixtures';
import { createReadStore } from './createReadStore';
import { createScopeStore } from './createStore';

jest.setTimeout(120_000);

const databases = createTestDatabases();

interface World {
  knex: Knex;
  store: ScopeStore;
  reads: ReadStore;
  lease: Lease;
  shop: EntityLink;
  cart: EntityLink;
  /** Ten minutes ago. */
  start: number;
}

async function createWorld(knex: Knex): Promise<World> {
  await addCluster(knex, 'production', { kinds: ['Deployment', 'Node'] });
  return {
    knex,
    store: createScopeStore({ knex }),
    reads: await createReadStore({ knex }),
    lease: await hold(knex, 'production'),
    shop: await addEntity(knex, 'shop', {
      annotations: '{"backstage.io/kubernetes-cluster": "dev"}',
    }),
    cart: await addEntity(knex, 'cart'),
    start: Date.now() - 10 * minute,
  };
}

async function write(
  { store, lease }: World,
  items: readonly JudgedItem[],
  now: number,
): Promise<void> {
  const stored = await store.load(lease);
  const baseline = stored.length === 0;
  await store.write(lease, createBatch(items, { now, stored, baseline }));
}

async function forget(knex: Knex, at: number): Promise<void> {
  await knex('clusters').update({ last_contact_at: at });
  await knex('kind_states').update({ last_contact_at: at });
}

const node = createItem({
  id: 'node',
  kind: 'Node',
  group: '',
  name: 'node-1',
  namespace: undefined,
});

describe.each(databases.ids)('reads on %s', databaseId => {
  it('reports a service with its items, links, what is unknown, and how fresh it is', async () => {
    const knex = await databases.init(databaseId);
    const world = await createWorld(knex);
    const { reads, shop, cart, start } = world;
    await addCluster(knex, 'dev');
    await knex('kind_states').insert({
      cluster: 'production',
      group: 'batch',
      kind: 'CronJob',
      source: 'kubernetes',
      state: 'forbidden',
      since: start,
    });
    const claimed = {
      ...shop,
      proof: 'claim' as const,
      unexpectedNamespace: true,
    };
    const shared = createItem({
      name: 'shared',
      verdict: {
        ...createVerdict('degraded', 'OOMKilled'),
        params: { times: 7, container: 'api' },
      },
      evidence: { facts: [{ label: 'Zone', value: 'a' }] },
      links: [{ title: 'Argo CD', url: 'https://x.example', type: 'argo-cd' }],
      entities: [claimed, cart],
      objectSince: start - minute,
    });
    const backup = createItem({
      name: 'plan',
      area: 'backups',
      entities: [shop],
    });
    await write(world, [shared, backup], start);

    const report = await reads.report({
      visible: 'all',
      entityRef: 'component:default/shop',
    });
    expect(serviceReportSchema.parse(report)).toEqual(report);
    expect(report).toMatchObject({
      health: 'degraded',
      reason: 'OOMKilled',
      since: new Date(start - minute).toISOString(),
      areas: [
        {
          area: 'workloads',
          environment: 'production',
          health: 'degraded',
          items: [
            {
              id: shared.id,
              params: { times: 7, container: 'api' },
              sinceSource: 'object',
              proof: 'claim',
              unexpectedNamespace: true,
              sharedWith: [cart.entityRef],
              evidence: shared.evidence,
              links: shared.links,
            },
          ],
        },
        { area: 'backups', health: 'healthy' },
      ],
      unknown: [
        {
          cluster: 'production',
          kind: 'CronJob',
          why: 'Forbidden',
          message: 'CronJob may not be read.',
        },
      ],
      freshness: [
        { cluster: 'dev', state: 'connected' },
        { cluster: 'production', state: 'connected' },
      ],
    });
  });

  it('keeps from a reader what is not visible, in reports, items and clusters', async () => {
    const knex = await databases.init(databaseId);
    const world = await createWorld(knex);
    const { reads, shop, cart, start } = world;
    const shared = createItem({ name: 'shared', entities: [shop, cart] });
    const own = createItem({ name: 'own', entities: [cart] });
    await write(world, [shared, own, node], start);
    const visible: VisibleSet = new Set([shop.entityId]);

    const shopReport = await reads.report({
      visible,
      entityRef: shop.entityRef,
    });
    expect(JSON.stringify(shopReport)).not.toContain('cart');
    const hidden = { visible, entityRef: cart.entityRef };
    expect(await reads.report(hidden)).toBeUndefined();
    expect(await reads.item({ ...hidden, itemId: shared.id })).toBeUndefined();
    expect(await reads.timeline({ ...hidden, query: {} })).toBeUndefined();
    const seen = { visible, entityRef: shop.entityRef };
    const item = await reads.item({ ...seen, itemId: shared.id });
    expect(itemSchema.parse(item)).toEqual(item);
    expect(item?.sharedWith).toBeUndefined();
    expect(await reads.item({ ...seen, itemId: own.id })).toBeUndefined();

    const items = await reads.listItems({ visible, query: { limit: 10 } });
    expect(itemListSchema.parse(items)).toEqual(items);
    expect(items).toMatchObject({
      totalItems: 1,
      items: [{ id: shared.id, entityRefs: [shop.entityRef] }],
    });
    const [cluster] = await reads.listClusters({ visible });
    expect(clusterSchema.parse(cluster)).toEqual(cluster);
    expect(cluster).toMatchObject({
      services: 1,
      items: 2,
      unowned: 1,
      state: 'connected',
      nodes: [{ name: 'node-1' }],
    });
    expect(await reads.listClusters({ visible: 'all' })).toMatchObject([
      { services: 2, items: 3, unowned: 1 },
    ]);
  });

  it('lists items worst first, by filter and page', async () => {
    const knex = await databases.init(databaseId);
    const world = await createWorld(knex);
    const { reads, shop, start } = world;
    const bad = createItem({
      name: 'bad',
      verdict: createVerdict('critical', 'CrashLoop'),
      entities: [shop],
    });
    const items = ['x', 'y', 'z'].map(name =>
      createItem({ name, entities: [shop] }),
    );
    await write(world, [...items, bad, node], start);
    const list = async (query: object) =>
      reads.listItems({ visible: 'all', query: { limit: 50, ...query } });
    const first = await list({ limit: 3 });
    expect(first.items.map(item => item.name)).toEqual(['bad', 'x', 'y']);
    expect(first.totalItems).toBe(4);
    const second = await list({ limit: 3, cursor: first.nextCursor });
    expect(second.items.map(item => item.name)).toEqual(['z']);
    expect(second.nextCursor).toBeUndefined();
    await expect(list({ cursor: first.nextCursor, text: 'x' })).rejects.toThrow(
      'another filter',
    );

    const total = async (query: object) => (await list(query)).totalItems;
    expect(await total({ health: ['critical'] })).toBe(1);
    expect(await total({ unowned: true })).toBe(1);
    expect(await total({ kind: ['Node'] })).toBe(0);
    expect(await total({ text: 'crashl' })).toBe(1);
    expect(await total({ owner: ['group:default/team'] })).toBe(0);
    await knex('entity_owners').insert({
      entity_id: shop.entityId,
      owner_ref: 'group:default/team',
    });
    expect(await total({ owner: ['team'] })).toBe(4);
    expect(await total({ area: ['alerts'] })).toBe(0);
    await forget(knex, start);
    expect(await total({ health: ['unknown'] })).toBe(4);
    expect((await list({})).items[0]).toMatchObject({
      name: 'bad',
      health: 'unknown',
      lastKnown: { health: 'critical' },
    });
  });

  it('loses sight without getting better, and says so in its version', async () => {
    const knex = await databases.init(databaseId);
    const world = await createWorld(knex);
    const { reads, shop, start } = world;
    await write(
      world,
      [
        createItem({
          verdict: createVerdict('critical', 'CrashLoop'),
          entities: [shop],
        }),
        createItem({ name: 'fine', area: 'backups', entities: [shop] }),
      ],
      start,
    );
    const fresh = await reads.version();
    expect(await reads.version()).toEqual(fresh);
    await forget(knex, start);
    expect(await reads.version()).not.toEqual(fresh);

    const entityRef = shop.entityRef;
    const report = await reads.report({ visible: 'all', entityRef });
    expect(serviceReportSchema.parse(report)).toEqual(report);
    expect(report).toMatchObject({
      health: 'unknown',
      reason: 'Stale',
      lastKnown: { health: 'critical', reason: 'CrashLoop' },
      areas: [
        { area: 'workloads', lastKnown: { health: 'critical' } },
        { area: 'backups', health: 'unknown', reason: 'Stale' },
      ],
      unknown: [{ cluster: 'production', kind: null, why: 'Stale' }],
      freshness: [{ state: 'silent', since: new Date(start).toISOString() }],
    });
    const list = await reads.listServices({
      visible: 'all',
      query: { sort: 'health', limit: 15 },
    });
    expect(serviceListSchema.parse(list)).toEqual(list);
    const clusters = await reads.listClusters({ visible: 'all' });
    expect(clusters).toMatchObject([
      { name: 'production', state: 'silent', health: 'unknown' },
    ]);

    const { version } = reads;
    const stale = await version();
    await write(world, [], Date.now());
    expect(await version()).not.toEqual(stale);
  });

  it('draws lanes of the worst, hatched where nobody looked, with deploys and transitions', async () => {
    const knex = await databases.init(databaseId);
    const world = await createWorld(knex);
    const { reads, shop, start } = world;
    const at = (minutes: number) => start + minutes * minute;
    const moment = (minutes: number) => new Date(at(minutes)).toISOString();
    const good = createItem({
      entities: [shop],
      objectSince: at(-60),
      revision: { id: '1', label: 'api:1' },
    });
    const other = createItem({
      name: 'other',
      entities: [shop],
      verdict: createVerdict('warning', 'Slow'),
    });
    await write(world, [good], at(0));
    await write(world, [other], at(1));
    const bad = {
      ...good,
      verdict: createVerdict('critical', 'CrashLoop'),
      revision: { id: '2', label: 'api:2' },
    };
    await write(world, [bad], at(2));
    await write(world, [good], at(4));
    await write(world, [{ ...good }], at(6));
    await knex('silences').insert({
      cluster: 'production',
      from: at(7),
      to: at(8),
    });

    const timeline = await reads.timeline({
      visible: 'all',
      entityRef: shop.entityRef,
      query: { from: moment(-2), to: moment(9) },
    });
    expect(serviceTimelineSchema.parse(timeline)).toEqual(timeline);
    expect(
      timeline?.lanes.map(({ area, spans }) => [
        area,
        spans.map(span => [span.health, span.from, span.to]),
      ]),
    ).toEqual([
      [
        'workloads',
        [
          ['healthy', moment(-2), moment(1)],
          ['warning', moment(1), moment(2)],
          ['critical', moment(2), moment(4)],
          ['warning', moment(4), moment(7)],
          ['unknown', moment(7), moment(8)],
          ['warning', moment(8), moment(9)],
        ],
      ],
    ]);
    expect(timeline?.deploys).toMatchObject([
      { at: moment(2), from: 'api:1', to: 'api:2' },
      { at: moment(4), from: 'api:2', to: 'api:1' },
    ]);
    expect(
      timeline?.transitions.map(one => [one.at, one.from, one.to, one.times]),
    ).toEqual([
      [moment(1), null, 'warning', 1],
      [moment(2), 'healthy', 'critical', 1],
      [moment(4), 'critical', 'healthy', 1],
    ]);
    expect(timeline?.truncated).toBe(false);
    await expect(
      reads.timeline({
        visible: 'all',
        entityRef: shop.entityRef,
        query: { from: moment(5), to: moment(4) },
      }),
    ).rejects.toThrow('from: must be before to');
  });
});
