import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { isPostgres } from './dialect';

const migrations = resolvePackagePath(
  '@day2ops/backstage-plugin-day2-backend',
  'migrations',
);

/** The plugin's database, with the newest schema. */
export async function createDatabase(options: {
  database: DatabaseService;
}): Promise<Knex> {
  const { database } = options;
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await migrate(knex);
  }
  return knex;
}

/** Brings a database to the newest schema. */
export async function migrate(knex: Knex): Promise<void> {
  if (!isPostgres(knex)) {
    // A log beside the file: readers need not wait for a disk that a write waits for.
    await knex.raw('PRAGMA journal_mode = WAL');
    await knex.raw('PRAGMA synchronous = NORMAL');
  }
  await knex.migrate.latest({ directory: migrations });
}
