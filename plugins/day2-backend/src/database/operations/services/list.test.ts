import { Health, ServicesQuery } from '@day2ops/backstage-plugin-day2-common';
import { Knex } from 'knex';
import { VisibleSet } from '../../../model/reads';
import { EntityLink, JudgedItem } from '../../../model/types';
import { createScopeStore } from '../../createStore';
import { databaseNow } from '../../dialect';
import { createTestDatabases } from '../../__testUtils__/createTestDatabases';
import {
  addCluster,
  addEntity,
  createBatch,
  createItem,
  createVerdict,
  hold,
  minute,
} from '../../__testUtils__/fixtures';
import { readFreshness } from '../freshness/read';
import { listServices } from './list';
import { deriveServices } from './derive';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const start = Date.parse('2026-11-21T02:00:00Z');

async function list(
  knex: Knex,
  query: Partial<ServicesQuery> = {},
  visible: VisibleSet = 'all',
) {
  return listServices({
    knex,
    freshness: await readFreshness({ knex }),
    visible,
    query: { sort: 'health', limit: 15, ...query },
    cursorKey: 'key',
  });
}

async function names(knex: Knex, query: Partial<ServicesQuery> = {}) {
  const { items } = await list(knex, query);
  return items.map(item => item.entityRef.split('/')[1]);
}

async function silence(knex: Knex, cluster: string): Promise<void> {
  await knex('kind_states')
    .where({ cluster })
    .update({ last_contact_at: start });
  await knex('clusters')
    .where({ name: cluster })
    .update({ last_contact_at: start });
}

/** Five services over two clusters, and one that runs nowhere. */
async function createFleet(knex: Knex) {
  const links: Record<string, EntityLink> = {};
  const systems = ['shop', 'shop', 'bank', 'bank', null, null];
  for (const [index, name] of ['a', 'b', 'c', 'd', 'e', 'idle'].entries()) {
    const system = systems[index];
    links[name] = await addEntity(knex, name, {
      system_ref: system && `system:default/${system}`,
      title: name === 'c' ? 'The 100% Cashier_' : null,
    });
    await knex('entity_owners').insert({
      entity_id: links[name].entityId,
      owner_ref: `group:default/${index % 2 ? 'odd' : 'even'}`,
    });
  }
  await knex.transaction(tx => deriveServices(tx, [links.idle.entityId]));
  await knex('services').update({ since: start });
  const item = (name: string, health: Health, more: Partial<JudgedItem> = {}) =>
    createItem({
      name,
      id: `${more.cluster ?? 'production'}-${
        more.kind ?? 'Deployment'
      }-${name}`,
      verdict: createVerdict(health, `Is${health}`),
      entities: [links[name]],
      ...more,
    });
  const staging = { cluster: 'staging' };
  const stateful = { kind: 'StatefulSet' };
  const batches = {
    production: [
      item('a', 'healthy'),
      item('a', 'progressing', stateful),
      item('b', 'warning'),
      item('c', 'critical'),
      item('d', 'healthy', { area: 'certificates' }),
    ],
    staging: [
      item('a', 'degraded', staging),
      item('e', 'healthy', staging),
      item('c', 'healthy', { ...staging, area: 'certificates' }),
    ],
  };
  const store = createScopeStore({ knex });
  for (const [cluster, items] of Object.entries(batches)) {
    await addCluster(knex, cluster, { kinds: ['Deployment', 'StatefulSet'] });
    const lease = await hold(knex, cluster);
    let now = start;
    for (const one of items) {
      await store.write(lease, createBatch([one], { now }));
      now += minute;
    }
  }
  return links;
}

describe.each(databases.ids)('listServices on %s', databaseId => {
  it('lists worst first, with areas, honest counts and facets', async () => {
    const knex = await databases.init(databaseId);
    await createFleet(knex);
    const { items, ...rest } = await list(knex);
    expect(
      items.map(one => [
        one.entityRef,
        one.health,
        one.reason,
        one.environment,
      ]),
    ).toEqual([
      ['component:default/c', 'critical', 'Iscritical', 'production'],
      ['component:default/a', 'degraded', 'Isdegraded', 'staging'],
      ['component:default/b', 'warning', 'Iswarning', 'production'],
      ['component:default/idle', 'unknown', 'NothingFound', null],
      ['component:default/e', 'healthy', 'Ishealthy', 'staging'],
      ['component:default/d', 'healthy', 'Ishealthy', 'production'],
    ]);
    expect(items[0]).toMatchObject({
      title: 'The 100% Cashier_',
      system: 'system:default/bank',
      owners: ['group:default/team'],
      since: '2026-11-21T02:03:00.000Z',
      sinceSource: 'observed',
      observedAt: expect.any(String),
      item: { kind: expect.any(String), name: expect.any(String) },
      areas: [
        { area: 'workloads', health: 'critical' },
        { area: 'certificates', health: 'healthy' },
      ],
      environments: ['production', 'staging'],
      clusters: ['production', 'staging'],
      silentClusters: [],
    });
    expect(rest).toEqual({
      totalItems: 6,
      counts: {
        healthy: 2,
        suspended: 0,
        progressing: 0,
        unknown: 1,
        warning: 1,
        degraded: 1,
        critical: 1,
      },
      facets: {
        system: [
          { value: 'system:default/bank', count: 2 },
          { value: 'system:default/shop', count: 2 },
        ],
        environment: [
          { value: 'production', count: 4 },
          { value: 'staging', count: 3 },
        ],
        cluster: [
          { value: 'production', count: 4 },
          { value: 'staging', count: 3 },
        ],
        area: [
          { value: 'workloads', count: 4 },
          { value: 'certificates', count: 2 },
        ],
        owner: [
          { value: 'group:default/even', count: 3 },
          { value: 'group:default/odd', count: 3 },
        ],
      },
    });
  });

  it('filters, with health bound to the places given', async () => {
    const knex = await databases.init(databaseId);
    await createFleet(knex);
    expect(await names(knex, { health: ['degraded', 'warning'] })).toEqual([
      'a',
      'b',
    ]);
    const bound = await list(knex, { environment: ['production'] });
    expect(
      bound.items.map(one => [one.entityRef.slice(-1), one.health]),
    ).toEqual([
      ['c', 'critical'],
      ['b', 'warning'],
      ['a', 'progressing'],
      ['d', 'healthy'],
    ]);
    expect(bound.items[2].environments).toEqual(['production', 'staging']);
    expect(
      await names(knex, { environment: ['production'], health: ['degraded'] }),
    ).toEqual([]);
    expect(await names(knex, { area: ['certificates'] })).toEqual(['c', 'd']);
    expect(await names(knex, { cluster: ['staging'] })).toEqual([
      'a',
      'e',
      'c',
    ]);
    expect(await names(knex, { owner: ['odd'] })).toEqual(['b', 'idle', 'd']);
    expect(await names(knex, { system: ['system:default/bank'] })).toEqual([
      'c',
      'd',
    ]);
    expect(await names(knex, { domain: ['x'] })).toEqual([]);
    expect(await names(knex, { entity: ['component:default/e'] })).toEqual([
      'e',
    ]);
    expect(await names(knex, { kind: ['StatefulSet'] })).toEqual(['a']);
    expect(
      await names(knex, { kind: ['StatefulSet'], cluster: ['staging'] }),
    ).toEqual([]);
    expect(await names(knex, { text: '100% cashIER_' })).toEqual(['c']);
    expect(await names(knex, { text: 'is iswarn' })).toEqual(['b']);
    expect(await names(knex, { text: '%' })).toEqual(['c']);
    expect(await names(knex, { text: "'; DROP" })).toEqual([]);
  });

  it('shows nothing of what the reader may not see', async () => {
    const knex = await databases.init(databaseId);
    const { b, e } = await createFleet(knex);
    const visible = new Set([b.entityId, e.entityId]);
    const seen = await list(knex, {}, visible);
    expect(seen.items.map(one => one.entityRef)).toEqual([
      b.entityRef,
      e.entityRef,
    ]);
    expect(seen.totalItems).toBe(2);
    expect(seen.counts).toMatchObject({ critical: 0, warning: 1, healthy: 1 });
    expect(seen.facets).toMatchObject({
      system: [{ value: 'system:default/shop', count: 1 }],
      area: [{ value: 'workloads', count: 2 }],
    });
    expect((await list(knex, { text: 'a' }, visible)).items).toHaveLength(2);
    const nothing = await list(knex, {}, new Set());
    expect([nothing.totalItems, nothing.items]).toEqual([0, []]);
  });

  it.each(['health', 'service', 'since'] as const)(
    'reads on and back by cursor, sorted by %s',
    async sort => {
      const knex = await databases.init(databaseId);
      await createFleet(knex);
      const all = (await names(knex, { sort })).join();
      const first = await list(knex, { sort, limit: 2 });
      const second = await list(knex, {
        sort,
        limit: 2,
        cursor: first.nextCursor,
      });
      const third = await list(knex, {
        sort,
        limit: 2,
        cursor: second.nextCursor,
      });
      const refs = [first, second, third].flatMap(page =>
        page.items.map(item => item.entityRef.split('/')[1]),
      );
      expect(refs.join()).toBe(all);
      expect(refs).toHaveLength(6);
      expect(first.previousCursor).toBeUndefined();
      expect(second.facets).toBeUndefined();
      expect(second.counts).toEqual(first.counts);
      expect(third.nextCursor).toBeUndefined();
      const back = await list(knex, {
        sort,
        limit: 2,
        cursor: third.previousCursor,
      });
      expect(back.items).toEqual(second.items);
      const begin = await list(knex, {
        sort,
        limit: 2,
        cursor: back.previousCursor,
      });
      expect(begin.items).toEqual(first.items);
      expect(begin.previousCursor).toBeUndefined();
    },
  );

  it('refuses cursors of another filter and forged ones', async () => {
    const knex = await databases.init(databaseId);
    await createFleet(knex);
    const { nextCursor: cursor } = await list(knex, { limit: 1 });
    await expect(list(knex, { cursor, text: 'a' })).rejects.toThrow(
      'cursor: belongs to another filter or sort',
    );
    await expect(list(knex, { cursor: `x${cursor}` })).rejects.toThrow(
      'cursor: not one of ours',
    );
    await expect(list(knex, { cursor: 'x' })).rejects.toThrow(
      'not one of ours',
    );
  });

  it('knows nothing of a silent cluster, and nothing improves by that', async () => {
    const knex = await databases.init(databaseId);
    await createFleet(knex);
    await silence(knex, 'production');
    const { items, counts } = await list(knex);
    expect(
      items.map(one => [
        one.entityRef.split('/')[1],
        one.health,
        one.lastKnown?.health,
      ]),
    ).toEqual([
      ['c', 'unknown', 'critical'],
      ['a', 'degraded', undefined],
      ['b', 'unknown', 'warning'],
      ['idle', 'unknown', undefined],
      ['d', 'unknown', 'healthy'],
      ['e', 'healthy', undefined],
    ]);
    expect(counts).toMatchObject({ critical: 0, healthy: 1, unknown: 4 });
    expect(items[0]).toMatchObject({
      reason: 'Stale',
      message:
        'Last known at 2026-11-21 02:00 UTC. Cluster production does not answer.',
      silentClusters: ['production'],
    });
    expect(await names(knex, { health: ['healthy'] })).toEqual(['e']);
    const unknown = await names(knex, {
      health: ['unknown'],
      environment: ['production'],
    });
    expect(unknown).toEqual(['c', 'b', 'a', 'd']);
  });

  it('knows nothing of a kind that is not heard of, and the rest of its cluster', async () => {
    const knex = await databases.init(databaseId);
    await createFleet(knex);
    await knex('kind_states')
      .where({ cluster: 'production', kind: 'StatefulSet' })
      .update({ last_contact_at: start });
    const bound = { environment: ['production'] };
    const { items } = await list(knex, bound);
    expect(
      items.map(one => [one.entityRef.slice(-1), one.health, one.reason]),
    ).toEqual([
      ['c', 'critical', 'Iscritical'],
      ['b', 'warning', 'Iswarning'],
      ['a', 'unknown', 'Stale'],
      ['d', 'healthy', 'Ishealthy'],
    ]);
    expect(items[2].message).toContain('says nothing of StatefulSet objects');
    expect(items[2].lastKnown).toMatchObject({ health: 'progressing' });
  });

  it('says that clusters are still being read before it says that nothing is there', async () => {
    const knex = await databases.init(databaseId);
    await createFleet(knex);
    await addCluster(knex, 'new', { lastContactAt: start });
    await knex('clusters')
      .where({ name: 'new' })
      .update({ state: 'neverSynced', last_contact_at: null });
    const { items } = await list(knex, { health: ['unknown'] });
    expect(items).toMatchObject([
      { reason: 'NeverSynced', params: { cluster: 'new' }, areas: [] },
    ]);

    // It answers, and nobody has asked yet what it serves.
    await knex('kind_states').where({ cluster: 'new' }).delete();
    await knex('clusters')
      .where({ name: 'new' })
      .update({
        state: 'connected',
        last_contact_at: knex.raw(databaseNow(knex)),
      });
    const connected = await list(knex, { health: ['unknown'] });
    expect(connected.items[0]).toMatchObject({ reason: 'NeverSynced' });

    await knex('clusters').where({ name: 'new' }).delete();
    const idle = () => list(knex, { entity: ['component:default/idle'] });
    expect((await idle()).items[0]).toMatchObject({ reason: 'NothingFound' });
    // It was registered just now: what runs is still being joined.
    await knex('services')
      .where({ ref: 'component:default/idle' })
      .update({ since: knex.raw(databaseNow(knex)) });
    expect((await idle()).items[0]).toMatchObject({ reason: 'NeverSynced' });

    await knex('clusters').delete();
    const unlisted = await list(knex, { entity: ['component:default/idle'] });
    expect(unlisted.items[0]).toMatchObject({ reason: 'NeverSynced' });
  });
});
