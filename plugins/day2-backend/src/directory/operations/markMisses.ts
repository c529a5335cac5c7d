import { Knex } from 'knex';
import { chunksOf, databaseNow, isIn } from '../../database/dialect';
import { raiseRevision } from './raiseRevision';
import { DeriveServices } from './writeEntities';

/** A catalog that is just starting, or a page that moved, must not take an entity away: twice, then it is gone. */
const missesAllowed = 1;

/**
 * Counts one more miss for entities that the catalog did not list; who was missed before is gone. Rows stay for
 * the history.
 *
 * @returns how many entities went
 */
export async function markMisses(options: {
  knex: Knex;
  missed: readonly { id: number; misses: number }[];
  deriveServices: DeriveServices;
}): Promise<number> {
  const { knex, missed, deriveServices } = options;
  const first = missed.filter(({ misses }) => misses < missesAllowed);
  for (const chunk of chunksOf(first, 500)) {
    await knex('entities').where(idIn(knex, chunk)).increment('misses', 1);
  }
  const gone = missed.filter(({ misses }) => misses >= missesAllowed);
  for (const chunk of chunksOf(gone, 500)) {
    await knex.transaction(async tx => {
      const revision = await raiseRevision(tx);
      await tx('entities')
        .where(idIn(tx, chunk))
        .update({ revision, gone_at: tx.raw(databaseNow(tx)) });
      await deriveServices(
        tx,
        chunk.map(({ id }) => id),
      );
    });
  }
  return gone.length;
}

/** Forgets misses of entities that are back before they were gone. */
export async function clearMisses(options: {
  knex: Knex;
  seen: readonly { id: number }[];
}): Promise<void> {
  const { knex, seen } = options;
  for (const chunk of chunksOf(seen, 500)) {
    await knex('entities').where(idIn(knex, chunk)).update({ misses: 0 });
  }
}

function idIn(knex: Knex, rows: readonly { id: number }[]): Knex.Raw {
  return isIn({ knex, column: 'id', values: rows.map(({ id }) => id) });
}
