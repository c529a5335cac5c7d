import {
  Health,
  healthRank,
  healths,
} from '@day2ops/backstage-plugin-day2-common';

/**
 * Severity is the order of the fleet as one number, smallest worst: rank first, then what can be seen before what
 * cannot, then the oldest. So that the worst of many is one `MIN`, and a page one index.
 */
const step = 1e14;
const worstRank = healths.length - 1;
const unknownRank = healthRank('unknown');

export function severityOf(options: { rank: number; since: number }): number {
  return (worstRank - options.rank) * 2 * step + options.since;
}

/**
 * Severity of what cannot be seen, in SQL over columns `rank` and `since`. Losing sight never improves: what was better
 * than unknown is unknown now, what was worse stays where it was, behind what is as bad for sure.
 */
export function staleSeveritySql(alias: string): string {
  const rank = `(CASE WHEN ${alias}.rank < ${unknownRank} THEN ${unknownRank} ELSE ${alias}.rank END)`;
  return `((${worstRank} - ${rank}) * ${2 * step} + ${step} + ${alias}.since)`;
}

/** SQL for the number of the step that a severity is in: `healthOfBucket` reads it. */
export function bucketSql(column: string): string {
  return `FLOOR(${column} / ${step})`;
}

export function healthOfBucket(bucket: number): Health {
  return bucket % 2 === 1 ? 'unknown' : healths[worstRank - bucket / 2];
}

/** All steps of a health: one for most; `unknown` has its own and every stale one. */
export function bucketsOf(health: Health): number[] {
  return healths
    .flatMap((_health, index) => [index * 2, index * 2 + 1])
    .filter(bucket => healthOfBucket(bucket) === health);
}

/** When it began: what is left of a severity without its step. */
export function sinceSql(column: string): string {
  return `(${column} - FLOOR(${column} / ${step}) * ${step})`;
}
