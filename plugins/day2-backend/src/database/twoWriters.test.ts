import { Knex } from 'knex';
import { Lease } from '../model/types';
import { createScopeStore } from './createStore';
import { createTestDatabases } from './__testUtils__/createTestDatabases';
import {
  addEntity,
  createBatch,
  createItem,
  createVerdict,
  hold,
} from './__testUtils__/fixtures';

jest.setTimeout(180_000);

const databases = createTestDatabases();
const verdicts = [
  createVerdict('healthy', 'Ready'),
  createVerdict('warning', 'Slow'),
  createVerdict('critical', 'Down'),
];

/** Rounds of two writers at once; after each, the service must be as bad as its worst area. */
async function race(knex: Knex, rounds: number): Promise<number> {
  const store = createScopeStore({ knex });
  const shop = await addEntity(knex, 'shop', { is_service: false });
  const leases: Lease[] = [];
  for (const cluster of ['production', 'staging']) {
    leases.push(await hold(knex, cluster, cluster));
  }
  let wrong = 0;
  for (let round = 0; round < rounds; round++) {
    const writes = leases.map((lease, index) => {
      const cluster = lease.holder;
      const turn = (round * (index + 2) + index) % (verdicts.length + 1);
      const verdict = verdicts[turn];
      const item = createItem({ cluster, entities: [shop] });
      // Every fourth time the item goes, so that the service itself comes and goes.
      return store.write(
        lease,
        verdict
          ? createBatch([{ ...item, verdict }], { now: round })
          : createBatch([], { removed: [item.id] }),
      );
    });
    await Promise.all(writes);
    const [truth] = await knex('service_areas').max({ rank: 'rank' });
    const [stored] = await knex('services').max({ rank: 'rank' });
    if (truth.rank !== stored.rank) {
      wrong += 1;
    }
  }
  return wrong;
}

describe('two writers of one service', () => {
  it.each(databases.ids)(
    'never store better than the truth on %s',
    async databaseId => {
      const knex = await databases.init(databaseId);
      const rounds = databaseId === 'SQLITE_3' ? 100 : 1000;
      expect(await race(knex, rounds)).toBe(0);
    },
  );
});
