import { Knex } from 'knex';
import { createLeaseStore, createScopeStore } from './createStore';
import { LeaseLostError } from './LeaseLostError';
import { deriveServices } from './operations/services/derive';
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

jest.setTimeout(120_000);

const databases = createTestDatabases();

async function expire(knex: Knex, scope: string): Promise<void> {
  await knex('leases').where({ scope }).update({ expires_at: 1 });
}

describe.each(databases.ids)('store on %s', databaseId => {
  it('gives a scope to one holder at a time, and fences the one before', async () => {
    const knex = await databases.init(databaseId);
    const leases = createLeaseStore({ knex });
    const store = createScopeStore({ knex });
    const first = await hold(knex, 'production', 'a');
    expect(await leases.acquire(first.scope, 'b')).toBeUndefined();
    expect(await leases.renew(first)).toBe(true);

    await expire(knex, first.scope);
    const second = await leases.acquire(first.scope, 'b');
    expect(second).toEqual({ ...first, holder: 'b', epoch: first.epoch + 1 });
    expect(await leases.renew(first)).toBe(false);
    await leases.release(first);
    const write = store.write(first, createBatch([createItem()]));
    await expect(write).rejects.toThrow(LeaseLostError);
    await expect(store.contact(first, [])).rejects.toThrow(LeaseLostError);
    await expect(store.seal(first, 'x')).rejects.toThrow(LeaseLostError);
    expect(await knex('items').count({ n: '*' })).toEqual([
      { n: databaseId === 'SQLITE_3' ? 0 : '0' },
    ]);

    const { revision } = await store.write(second!, createBatch([]));
    expect(revision).toBe(1);
    await leases.release(second!);
    expect((await leases.acquire(first.scope, 'a'))?.epoch).toBe(3);
  });

  it('lists replicas that collect and live', async () => {
    const knex = await databases.init(databaseId);
    const leases = createLeaseStore({ knex });
    const version = '1';
    await leases.heartbeat({ id: 'a', roles: ['collector', 'api'], version });
    await leases.heartbeat({ id: 'b', roles: ['api'], version });
    await leases.heartbeat({ id: 'c', roles: ['collector'], version });
    await knex('replicas').where({ id: 'c' }).update({ heartbeat_at: 1 });
    await knex('replicas').where({ id: 'a' }).decrement('started_at', 5000);
    const replicas = await leases.replicas();
    expect(replicas.map(replica => replica.id)).toEqual(['a']);
    expect(replicas[0].aliveMs).toBeGreaterThanOrEqual(5000);
    expect(replicas[0].aliveMs).toBeLessThan(60_000);
  });

  it('writes items, links, areas and services together, and loads them as they were', async () => {
    const knex = await databases.init(databaseId);
    const store = createScopeStore({ knex });
    const lease = await hold(knex, 'production');
    const shop = await addEntity(knex, 'shop');
    const cart = await addEntity(knex, 'cart');
    const idle = await addEntity(knex, 'idle');
    const library = await addEntity(knex, 'library', { is_service: false });
    await knex.transaction(tx =>
      deriveServices(tx, [idle.entityId, library.entityId]),
    );
    const bad = createItem({
      name: 'worker',
      verdict: createVerdict('critical', 'CrashLoop'),
      entities: [shop, cart],
      revision: { id: 'r1', label: 'worker:1' },
    });
    const many = Array.from({ length: 250 }, (_none, index) =>
      createItem({ name: `api-${index}`, entities: [shop] }),
    );
    const { entityRefs } = await store.write(
      lease,
      createBatch([bad, ...many], { now: 5000 }),
    );
    expect(entityRefs.sort()).toEqual([cart.entityRef, shop.entityRef]);
    expect(
      await knex('services')
        .select('name', 'health', 'reason', 'item_id', 'since')
        .whereNot({ name: 'idle' })
        .orderBy('name'),
    ).toEqual(
      ['cart', 'shop'].map(name => ({
        name,
        health: 'critical',
        reason: 'CrashLoop',
        item_id: bad.id,
        since: 5000,
      })),
    );
    expect(
      await knex('services').select('health', 'reason').where({ name: 'idle' }),
    ).toEqual([{ health: 'unknown', reason: 'NothingFound' }]);

    const stored = await store.load(lease);
    expect(stored).toHaveLength(251);
    expect(stored.find(item => item.id === bad.id)).toMatchObject({
      verdict: bad.verdict,
      since: 5000,
      sinceSource: 'observed',
      revision: bad.revision,
      flapping: undefined,
      pending: undefined,
    });

    const better = { ...bad, verdict: createVerdict('healthy', 'Ready') };
    const moved = { ...better, entities: [shop] };
    await store.write(
      lease,
      createBatch([moved], { now: 6000, stored, baseline: false }),
    );
    expect(
      await knex('services').select('name', 'health').orderBy('name'),
    ).toEqual([
      { name: 'cart', health: 'unknown' },
      { name: 'idle', health: 'unknown' },
      { name: 'shop', health: 'healthy' },
    ]);
    const pending = (await store.load(lease)).find(item => item.id === bad.id);
    expect(pending).toMatchObject({
      recorded: { health: 'critical', reason: 'CrashLoop' },
      pending: { since: 6000, worst: better.verdict },
    });
  });

  it('keeps history with the entities of its time, and raises one row for flapping', async () => {
    const knex = await databases.init(databaseId);
    const store = createScopeStore({ knex });
    const lease = await hold(knex, 'production');
    const shop = await addEntity(knex, 'shop');
    const good = createItem({ entities: [shop] });
    const bad = { ...good, verdict: createVerdict('critical', 'CrashLoop') };
    await store.write(lease, createBatch([good], { now: 0 }));
    for (const [now, item] of [
      [1000, bad],
      [2000, good],
      [3000, bad],
      [4000, good],
      [5000, bad],
    ] as const) {
      const stored = await store.load(lease);
      const batch = createBatch([item], { now, stored, baseline: false });
      await store.write(lease, batch);
    }
    const rows = await knex('transitions').select(
      'at',
      'last_at',
      'from_health',
      'to_health',
      'times',
    );
    expect(rows).toEqual([
      {
        at: 1000,
        last_at: 5000,
        from_health: 'healthy',
        to_health: 'critical',
        times: 3,
      },
    ]);

    const worse = createVerdict('critical', 'OutOfMemory');
    const change = { itemId: good.id, observedLate: false, times: 1 };
    await store.write(
      lease,
      createBatch([bad], {
        transitions: [
          { ...change, at: 7000, from: bad.verdict, to: worse },
          { ...change, at: 8000, from: worse, to: worse, raises: true },
        ],
      }),
    );
    expect(
      await knex('transitions')
        .select('reason', 'times', 'last_at')
        .orderBy('id'),
    ).toEqual([
      { reason: 'CrashLoop', times: 3, last_at: 5000 },
      { reason: 'OutOfMemory', times: 2, last_at: 8000 },
    ]);

    const gone = {
      itemId: good.id,
      at: 9000,
      from: bad.verdict,
      to: undefined,
      observedLate: false,
      times: 1,
    };
    await store.write(
      lease,
      createBatch([], { removed: [good.id], transitions: [gone] }),
    );
    expect(await knex('items').select('id')).toEqual([]);
    expect(await knex('service_areas').select()).toEqual([]);
    expect(
      await knex('transitions')
        .join('transition_entities', 'id', 'transition_id')
        .select('to_health', 'reason', 'message', 'entity_id')
        .where({ at: 9000 }),
    ).toEqual([
      {
        to_health: null,
        reason: 'Removed',
        message: 'Deployment api is gone.',
        entity_id: shop.entityId,
      },
    ]);
    expect(await knex('services').select('reason')).toEqual([
      { reason: 'NothingFound' },
    ]);
  });

  it('writes nothing of a batch that fails', async () => {
    const knex = await databases.init(databaseId);
    const store = createScopeStore({ knex });
    const lease = await hold(knex, 'production');
    const broken = createItem({ entities: [await addEntity(knex, 'shop')] });
    const batch = createBatch([createItem({ name: 'fine' }), broken]);
    const write = store.write(lease, {
      ...batch,
      kindStates: [{ kind: undefined } as any],
    });
    await expect(write).rejects.toHaveProperty(
      'message',
      expect.stringMatching(/null/i),
    );
    expect(await knex('items').select('id')).toEqual([]);
    expect((await store.write(lease, createBatch([]))).revision).toBe(1);
  });

  it('remembers a silence when it ends, and forgets a cluster that was replaced', async () => {
    const knex = await databases.init(databaseId);
    const store = createScopeStore({ knex });
    const lease = await hold(knex, 'production');
    const lastContactAt = Date.now() - 10 * minute;
    await addCluster(knex, 'production', {
      lastContactAt,
      kinds: ['Deployment', 'StatefulSet'],
    });
    const shop = await addEntity(knex, 'shop');
    await store.write(lease, createBatch([createItem({ entities: [shop] })]));
    await store.contact(lease, ['Deployment.apps']);
    await store.contact(lease, []);
    const silences = await knex('silences').select('cluster', 'from', 'to');
    expect(silences).toEqual([
      { cluster: 'production', from: lastContactAt, to: expect.any(Number) },
    ]);
    const kinds = await knex('kind_states')
      .select('kind', 'last_contact_at')
      .orderBy('kind');
    expect(kinds[0].last_contact_at).toBeGreaterThan(lastContactAt);
    expect(kinds[1].last_contact_at).toBe(lastContactAt);

    await store.seal(lease, 'uid-production');
    expect(await store.load(lease)).toHaveLength(1);
    await store.seal(lease, 'another');
    expect(await store.load(lease)).toEqual([]);
    expect(await knex('services').select('reason')).toEqual([
      { reason: 'NothingFound' },
    ]);
    expect(
      await knex('transitions').select('from_health', 'to_health'),
    ).toEqual([{ from_health: 'healthy', to_health: null }]);
  });
});
