import { LastKnown, Verdict } from '@day2ops/backstage-plugin-day2-common';
import { ItemRow } from '../../rows';
import { toMoment } from '../../wire';
import { Freshness } from './read';

/** The columns that make a verdict. */
type VerdictColumns = Pick<
  ItemRow,
  'cluster' | 'group' | 'kind' | 'health' | 'reason' | 'params' | 'message'
> & { since: number };

/** A stored verdict as it is now. */
export interface SeenVerdict extends Verdict {
  since: number;
  lastKnown: LastKnown | undefined;
  lastContactAt: number | undefined;
}

/** What was said of a thing, or `unknown/Stale` with what was last known where nobody has heard of it since. */
export function seenVerdict(
  row: VerdictColumns,
  freshness: Freshness,
): SeenVerdict {
  const { stale, lastContactAt } = freshness.of(row);
  const { health, reason, message, since, cluster, kind } = row;
  const verdict = { health, reason, params: JSON.parse(row.params), message };
  if (!stale) {
    return { ...verdict, since, lastKnown: undefined, lastContactAt };
  }
  const lostAt = lastContactAt ?? since;
  const when = toMoment(lostAt).slice(0, 16).replace('T', ' ');
  return {
    health: 'unknown',
    reason: 'Stale',
    params: { cluster, kind, lastKnownAt: toMoment(lostAt) },
    message: freshness.silent.has(cluster)
      ? `Last known at ${when} UTC. Cluster ${cluster} does not answer.`
      : `Last known at ${when} UTC. Cluster ${cluster} says nothing of ${kind} objects.`,
    since: Math.max(lostAt, since),
    lastKnown: { ...verdict, since: toMoment(since) },
    lastContactAt,
  };
}

/** A new entity is joined to what runs within this time. */
const joiningMs = 15_000;

/**
 * Of a service that has nothing: whether nothing is there, or not all has been read and joined yet.
 *
 * @param since - when it came to have nothing, ms since the epoch
 */
export function emptyVerdict(freshness: Freshness, since: number): Verdict {
  const { clusters, pending } = freshness;
  if (clusters.size === 0) {
    return {
      health: 'unknown',
      reason: 'NeverSynced',
      params: {},
      message: 'Nothing found yet: no cluster has been listed.',
    };
  }
  if (pending.length === 0 && freshness.now - since < joiningMs) {
    return {
      health: 'unknown',
      reason: 'NeverSynced',
      params: {},
      message: 'Nothing found yet: what runs is being looked through.',
    };
  }
  if (pending.length === 0) {
    return {
      health: 'unknown',
      reason: 'NothingFound',
      params: {},
      message: 'Nothing that runs was found for it in any cluster.',
    };
  }
  return {
    health: 'unknown',
    reason: 'NeverSynced',
    params: { cluster: pending[0], clusters: pending.length },
    message: `Nothing found yet: ${
      pending.length === 1
        ? `cluster ${pending[0]} is`
        : `${pending.length} clusters are`
    } still being read for the first time.`,
  };
}
