import { createTestDatabases } from './__testUtils__/createTestDatabases';
import {
  addEntity,
  createBatch,
  createItem,
  hold,
} from './__testUtils__/fixtures';
import { createClusterRegistry } from './createClusterRegistry';
import { createLeaseStore, createScopeStore } from './createStore';

jest.setTimeout(120_000);

const databases = createTestDatabases();

describe.each(databases.ids)('cluster registry on %s', databaseId => {
  it('lists clusters, keeps what was collected, and says what needs a browser', async () => {
    const knex = await databases.init(databaseId);
    const registry = createClusterRegistry({
      knex,
      environmentOf: name => `${name}-env`,
    });
    const a = { name: 'a', title: 'A', unreadable: undefined };
    const b = { name: 'b', title: undefined, unreadable: 'Uses oidc.' };
    const states = () =>
      knex('clusters')
        .select('name', 'title', 'environment', 'state', 'message')
        .orderBy('name');
    await registry.list([a, b]);
    expect(await states()).toEqual([
      {
        name: 'a',
        title: 'A',
        environment: 'a-env',
        state: 'neverSynced',
        message: 'Cluster a has not been read yet.',
      },
      {
        name: 'b',
        title: null,
        environment: 'b-env',
        state: 'clientAuth',
        message: 'Uses oidc.',
      },
    ]);

    await knex('clusters')
      .where({ name: 'a' })
      .update({ state: 'connected', uid: 'same', message: 'Fine.' });
    await registry.list([
      { ...a, title: 'Alpha' },
      { ...b, unreadable: undefined },
    ]);
    expect(await states()).toMatchObject([
      { title: 'Alpha', state: 'connected', message: 'Fine.' },
      { state: 'neverSynced' },
    ]);
    await knex('clusters').where({ name: 'b' }).update({ uid: 'same' });
    expect(await registry.otherNameOf({ name: 'b', uid: 'same' })).toBe('a');
    expect(
      await registry.otherNameOf({ name: 'a', uid: 'same' }),
    ).toBeUndefined();
  });

  it('takes away a cluster that is no longer listed, once nobody collects it', async () => {
    const knex = await databases.init(databaseId);
    const registry = createClusterRegistry({ knex, environmentOf: () => 'x' });
    const production = {
      name: 'production',
      title: undefined,
      unreadable: undefined,
    };
    await registry.list([production]);
    const lease = await hold(knex, 'production');
    const shop = await addEntity(knex, 'shop', { is_service: false });
    const items = [createItem({ entities: [shop] })];
    await createScopeStore({ knex }).write(lease, createBatch(items));

    await registry.list([]);
    expect(await knex('clusters').select('name')).toHaveLength(1);
    await createLeaseStore({ knex }).release(lease);
    await registry.list([]);
    for (const table of ['clusters', 'items', 'service_areas', 'services']) {
      expect([table, await knex(table).select()]).toEqual([table, []]);
    }
    expect(await knex('transitions').select('to_health', 'name')).toEqual([
      { to_health: null, name: 'api' },
    ]);
    await registry.list([production]);
    expect(await hold(knex, 'production', 'b')).toMatchObject({ epoch: 3 });
  });
});
