import { setImmediate } from 'node:timers/promises';
import { Knex } from 'knex';
import { isPostgres } from './dialect';

const attempts = 3;
/** PostgreSQL's codes for "the same again may work": deadlock, serialization failure. */
const transient = new Set(['40P01', '40001']);

/**
 * Runs `work` in a transaction of its own; nothing inside may wait for anything else. SQLite works on this very thread,
 * so others get their turn afterwards.
 */
export async function inTransaction<T>(
  knex: Knex,
  work: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const result = await knex.transaction(work);
      if (!isPostgres(knex)) {
        await setImmediate();
      }
      return result;
    } catch (error) {
      if (attempt === attempts || !isTransient(error)) {
        throw error;
      }
    }
  }
}

function isTransient(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    transient.has(error.code)
  );
}
