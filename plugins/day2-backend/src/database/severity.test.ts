import {
  healthRank,
  healths,
  sortRank,
} from '@day2ops/backstage-plugin-day2-common';
import { createTestDatabases } from './__testUtils__/createTestDatabases';
import { rowsOf } from './dialect';
import {
  bucketsOf,
  bucketSql,
  healthOfBucket,
  severityOf,
  sinceSql,
  staleSeveritySql,
} from './severity';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const since = Date.parse('2026-11-21T03:07:00.123Z');

describe('severity', () => {
  it('orders by rank, then by the oldest', () => {
    const severities = healths.map(health =>
      severityOf({ rank: healthRank(health), since }),
    );
    expect(severities).toEqual([...severities].sort((a, b) => b - a));
    const rank = healthRank('warning');
    expect(severityOf({ rank, since: since - 1 })).toBeLessThan(
      severityOf({ rank, since }),
    );
    expect(healths.flatMap(bucketsOf).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 14 }, (_none, index) => index),
    );
  });

  it.each(databases.ids)(
    'keeps rank and time in SQL, and never improves what is stale, on %s',
    async databaseId => {
      const knex = await databases.init(databaseId);
      for (const health of healths) {
        const rank = healthRank(health);
        const severity = severityOf({ rank, since });
        const [row] = await rowsOf<Record<string, number>>(
          knex.raw(
            `SELECT ${bucketSql('x.severity')} AS bucket, ${sinceSql(
              'x.severity',
            )} AS began, ${staleSeveritySql('x')} AS stale, ${bucketSql(
              staleSeveritySql('x'),
            )} AS stale_bucket
            FROM (SELECT CAST(? AS DOUBLE PRECISION) AS severity, CAST(? AS INTEGER) AS rank,
              CAST(? AS DOUBLE PRECISION) AS since) AS x`,
            [severity, rank, since],
          ),
        );
        expect(healthOfBucket(row.bucket)).toBe(health);
        expect(row.began).toBe(since);
        expect(healthOfBucket(row.stale_bucket)).toBe('unknown');
        const sorted = severityOf({ rank: sortRank('unknown', health), since });
        expect(row.stale).toBeGreaterThan(sorted);
        const next = sortRank('unknown', health) - 1;
        expect(row.stale).toBeLessThan(severityOf({ rank: next, since }));
      }
    },
  );
});
