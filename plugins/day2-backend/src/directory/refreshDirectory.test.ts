import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import { readDay2Config } from '../config/readDay2Config';
import { deriveServices } from '../database';
import { createTestDatabases } from '../database/__testUtils__/createTestDatabases';
import { ManualClock } from '../engine/__testUtils__/ManualClock';
import { DatabaseMirror } from './DatabaseMirror';
import { refreshDirectory } from './refreshDirectory';
import { DirectoryEntity, EntityChange } from './types';

const { filter } = readDay2Config(mockServices.rootConfig()).services;

const checkout: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    namespace: 'default',
    etag: '1',
    title: 'Checkout',
    labels: { tier: 'one' },
    annotations: { 'backstage.io/kubernetes-id': 'checkout' },
  },
  spec: { type: 'service', lifecycle: 'production' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/payments' },
    { type: 'partOf', targetRef: 'system:default/shop' },
  ],
};
const library: Entity = {
  ...checkout,
  metadata: { name: 'lib', namespace: 'default', etag: '1' },
  spec: { type: 'library' },
};
const shop: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name: 'shop', namespace: 'default', etag: '1' },
  relations: [{ type: 'partOf', targetRef: 'domain:default/sales' }],
};
const person: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'ann', namespace: 'default', etag: '1' },
};

function edit(entity: Entity, etag: string, changes: Partial<Entity>): Entity {
  return {
    ...entity,
    ...changes,
    metadata: { ...entity.metadata, ...changes.metadata, etag },
  };
}

jest.setTimeout(120_000);

const databases = createTestDatabases();

describe.each(databases.ids)('the directory on %s', databaseId => {
  let knex: Knex;
  let derived: number[][];

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    derived = [];
  });

  function refresh(entities: Entity[], countMisses = true) {
    return refreshDirectory({
      knex,
      catalog: catalogServiceMock({ entities }),
      credentials: mockCredentials.service(),
      filter,
      countMisses,
      async deriveServices(tx, ids) {
        derived.push([...ids]);
        await deriveServices(tx, ids);
      },
    });
  }

  const services = () => knex('services').pluck('ref').orderBy('ref');
  const row = (ref: string) => knex('entities').where({ ref }).first();
  const ref = 'component:default/checkout';

  it('mirrors what it needs of entities, and the domain through the system', async () => {
    const result = await refresh([checkout, library, shop, person]);
    expect(result).toEqual({ listed: 3, appeared: 3, changed: 5, gone: 0 });
    const { is_service: isService, ...stored } = await row(ref);
    expect(Boolean(isService)).toBe(true);
    expect(stored).toMatchObject({
      kind: 'Component',
      title: 'Checkout',
      type: 'service',
      lifecycle: 'production',
      system_ref: 'system:default/shop',
      domain_ref: 'domain:default/sales',
      owner_refs: '["group:default/payments"]',
      labels: '{"tier":"one"}',
      annotations: '{"backstage.io/kubernetes-id":"checkout"}',
      etag: '1',
    });
    expect(await services()).toEqual([ref]);
    expect(await row('user:default/ann')).toBeUndefined();
    const { id } = await row(ref);
    expect(await knex('entity_owners').where({ entity_id: id })).toEqual([
      { entity_id: id, owner_ref: 'group:default/payments' },
    ]);
    expect(derived).toHaveLength(1);
  });

  it('writes only what changed, and follows a system to another domain', async () => {
    await refresh([checkout, shop]);
    const before = await row(ref);
    expect(await refresh([checkout, shop])).toMatchObject({ changed: 0 });
    const restitched = edit(checkout, '2', {});
    expect(await refresh([restitched, shop])).toMatchObject({ changed: 0 });
    expect(await row(ref)).toEqual({ ...before, etag: '2' });

    const moved = edit(shop, '2', {
      relations: [{ type: 'partOf', targetRef: 'domain:default/retail' }],
    });
    expect(await refresh([restitched, moved])).toMatchObject({ changed: 2 });
    expect(await row(ref)).toMatchObject({
      domain_ref: 'domain:default/retail',
    });
    expect((await row(ref)).revision).toBeGreaterThan(before.revision);
  });

  it('derives services anew when an entity becomes one or stops being one', async () => {
    await refresh([checkout]);
    const { id } = await row(ref);
    derived = [];
    const claimless = edit(checkout, '2', {
      metadata: { name: 'checkout', annotations: {} },
      spec: { type: 'library' },
    });
    await refresh([claimless]);
    expect(await services()).toEqual([]);
    await refresh([edit(claimless, '3', { spec: { type: 'website' } })]);
    expect(derived.filter(ids => ids.length > 0)).toEqual([[id], [id]]);
    expect(await services()).toEqual([ref]);
  });

  it('lets an entity go after two misses, and takes it back under its key', async () => {
    await refresh([checkout]);
    const { id } = await row(ref);
    await refresh([]);
    expect(await row(ref)).toMatchObject({ misses: 1, gone_at: null });
    await refresh([checkout]);
    expect(await row(ref)).toMatchObject({ misses: 0 });
    await refresh([]);
    expect(await refresh([], false)).toMatchObject({ gone: 0 });
    derived = [];
    expect(await refresh([])).toMatchObject({ gone: 1 });
    expect((await row(ref)).gone_at).toBeGreaterThan(1e12);
    expect(await services()).toEqual([]);
    expect(derived).toEqual([[id]]);
    expect(await refresh([checkout])).toMatchObject({ appeared: 1 });
    expect(await row(ref)).toMatchObject({ id, gone_at: null, misses: 0 });
    expect(derived).toEqual([[id], [id]]);
  });

  it('changes nothing when the catalog fails on the way', async () => {
    await refresh([checkout]);
    const catalog = catalogServiceMock({ entities: [] });
    catalog.streamEntities = async function* fail() {
      yield [];
      throw new Error('catalog is down');
    };
    await expect(
      refreshDirectory({
        knex,
        catalog,
        credentials: mockCredentials.service(),
        filter,
        deriveServices: async () => {},
      }),
    ).rejects.toThrow('catalog is down');
    expect(await row(ref)).toMatchObject({ misses: 0, gone_at: null });
  });

  it('bounds labels and annotations, keeps its own and says that some are missing', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [
        `a.example.com/${index}`,
        'x'.repeat(1000),
      ]),
    );
    const annotations = { ...many, 'backstage.io/kubernetes-id': 'checkout' };
    await refresh([
      edit(checkout, '2', { metadata: { name: 'checkout', annotations } }),
    ]);
    const stored = await row(ref);
    expect(stored.annotations.length).toBeLessThan(66_000);
    expect(JSON.parse(stored.annotations)).toMatchObject({
      'backstage.io/kubernetes-id': 'checkout',
      'day2ops.io/truncated': 'true',
    });
  });

  it('is read by replicas from the revision that they know', async () => {
    const mirror = new DatabaseMirror({
      knex,
      clock: new ManualClock(),
      logger: mockServices.logger.mock(),
    });
    const seen: (readonly EntityChange[])[] = [];
    const more: boolean[] = [];
    mirror.subscribe((changes, isMore) => {
      seen.push(changes);
      more.push(isMore);
    });
    const names = (entities: Iterable<DirectoryEntity>) =>
      [...entities].map(entity => entity.name).sort();
    try {
      // More than one page in one revision.
      const many = Array.from({ length: 298 }, (_, index) =>
        edit(checkout, '1', { metadata: { name: `c${index}` } }),
      );
      await refresh(many);
      await refresh([...many, checkout, shop]);
      await mirror.start();
      await mirror.ready();
      expect(names(mirror.entities())).toHaveLength(300);
      expect(seen.flat()).toHaveLength(300);

      expect(more).toEqual([true, false]);

      const generation = mirror.generation();
      await mirror.refresh();
      expect(mirror.generation()).toBe(generation);

      await refresh([checkout]);
      await refresh([
        edit(checkout, '3', { metadata: { name: 'checkout', labels: {} } }),
      ]);
      seen.length = 0;
      await mirror.refresh();
      expect(mirror.generation()).toBeGreaterThan(generation);
      expect(names(mirror.entities())).toEqual(['checkout']);
      const change = seen.flat().find(({ after }) => after);
      expect(change?.before?.labels).toEqual({ tier: 'one' });
      expect(change?.after).toMatchObject({
        ref,
        isService: true,
        ownerRefs: ['group:default/payments'],
        labels: {},
        truncated: false,
      });
      expect(seen.flat()).toHaveLength(300);

      // Retention takes the rows of the newest revision away.
      await refresh([]);
      await refresh([]);
      await mirror.refresh();
      await knex('entities').delete();
      await knex('counters').increment('value', 1);
      await mirror.refresh();
      const calm = mirror.generation();
      seen.length = 0;
      await mirror.refresh();
      expect(mirror.generation()).toBe(calm);
      expect(seen).toEqual([]);
      await refresh([checkout]);
      await mirror.refresh();
      expect(names(mirror.entities())).toEqual(['checkout']);
    } finally {
      mirror.stop();
    }
  });

  it('tries again when the database cannot be read', async () => {
    await refresh([checkout]);
    const clock = new ManualClock();
    const logger = mockServices.logger.mock();
    const mirror = new DatabaseMirror({ knex, clock, logger });
    await knex.schema.renameTable('counters', 'away');
    await mirror.start();
    expect(mirror.isReady()).toBe(false);
    await clock.advance(2000);
    await knex.schema.renameTable('away', 'counters');
    const ready = mirror.ready();
    while (!mirror.isReady()) {
      await clock.advance(2000);
    }
    await ready;
    expect([...mirror.entities()]).toHaveLength(1);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    mirror.stop();
    expect(clock.pending).toBe(0);
  });
});
