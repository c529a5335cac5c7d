import { createTestDatabases } from '../../__testUtils__/createTestDatabases';
import {
  addEntity,
  createBatch,
  createItem,
  createVerdict,
  hold,
} from '../../__testUtils__/fixtures';
import { createScopeStore } from '../../createStore';
import { goneEntityMs, retain } from './retain';

jest.setTimeout(120_000);

const databases = createTestDatabases();

describe.each(databases.ids)('retain on %s', databaseId => {
  it('forgets old history in batches, and entities long gone, and nothing else', async () => {
    const knex = await databases.init(databaseId);
    const store = createScopeStore({ knex });
    const lease = await hold(knex, 'production');
    const kept = await addEntity(knex, 'kept');
    const gone = await addEntity(knex, 'gone', {
      gone_at: Date.now() - goneEntityMs - 1000,
    });
    const recent = await addEntity(knex, 'recent', { gone_at: Date.now() });
    const retentionMs = 60_000;
    const old = Date.now() - 2 * retentionMs;
    const item = createItem({ entities: [kept] });
    const transition = (at: number) => ({
      itemId: item.id,
      at,
      from: undefined,
      to: createVerdict('critical', 'Down'),
      observedLate: false,
      times: 1,
    });
    await store.write(
      lease,
      createBatch([item], {
        transitions: Array.from({ length: 2500 }, (_none, index) =>
          transition(old - index),
        ),
      }),
    );
    await store.write(
      lease,
      createBatch([item], { transitions: [transition(Date.now())] }),
    );
    const [{ id }] = await knex('transitions')
      .select('id')
      .where('at', '>', old);
    for (const { entityId } of [gone, recent]) {
      await knex('transition_entities').insert({
        transition_id: id,
        entity_id: entityId,
      });
    }
    await knex('silences').insert([
      { cluster: 'a', from: 1, to: 2 },
      { cluster: 'a', from: 1, to: Date.now() },
    ]);
    await knex('replicas').insert(
      [1, Date.now()].map(at => ({
        id: `r${at}`,
        roles: '[]',
        version: '1',
        started_at: at,
        heartbeat_at: at,
      })),
    );

    expect(await retain({ knex, retentionMs })).toEqual({
      transitions: 2500,
      silences: 1,
      entities: 1,
      replicas: 1,
    });
    expect(await knex('transitions').select('id')).toEqual([{ id }]);
    expect(
      await knex('transition_entities')
        .select('entity_id')
        .orderBy('entity_id'),
    ).toEqual([{ entity_id: kept.entityId }, { entity_id: recent.entityId }]);
    expect(await knex('items').select('id')).toEqual([{ id: item.id }]);
    expect(await retain({ knex, retentionMs })).toMatchObject({
      transitions: 0,
      entities: 0,
    });
    const aborted = AbortSignal.abort(new Error('Stopped'));
    await expect(
      retain({ knex, retentionMs, signal: aborted }),
    ).rejects.toThrow('Stopped');
  });
});
