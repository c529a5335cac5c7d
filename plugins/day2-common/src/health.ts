/**
 * How a thing is, best first. The order is the rank (DESIGN §1): `unknown` outranks everything that needs nobody, and
 * is outranked by everything that needs somebody.
 *
 * @public
 */
export const healths = [
  'healthy',
  'suspended',
  'progressing',
  'unknown',
  'warning',
  'degraded',
  'critical',
] as const;

/** @public */
export type Health = (typeof healths)[number];

/** @public */
export function healthRank(health: Health): number {
  return healths.indexOf(health);
}

/**
 * The worst of what is given; `undefined` for nothing, because nothing is not healthy.
 *
 * @public
 */
export function worstHealth(all: Iterable<Health>): Health | undefined {
  let worst: Health | undefined;
  for (const health of all) {
    if (worst === undefined || healthRank(health) > healthRank(worst)) {
      worst = health;
    }
  }
  return worst;
}

/**
 * The rank that something unseen sorts by: losing sight never improves.
 *
 * @public
 */
export function sortRank(health: Health, lastKnown?: Health): number {
  const rank = healthRank(health);
  if (health !== 'unknown' || lastKnown === undefined) {
    return rank;
  }
  return Math.max(rank, healthRank(lastKnown));
}

/**
 * Why something is `unknown`. Each is a `reason` of a verdict.
 *
 * @public
 */
export const unknownReasons = [
  'NeverSynced',
  'Stale',
  'Forbidden',
  'NotInstalled',
  'SourceError',
  'UnsupportedVersion',
  'UnknownDestination',
  'NothingFound',
  'Unclear',
] as const;

/** @public */
export type UnknownReason = (typeof unknownReasons)[number];
