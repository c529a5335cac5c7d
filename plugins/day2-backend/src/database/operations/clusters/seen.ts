import {
  ClusterState,
  Freshness as WireFreshness,
} from '@day2ops/backstage-plugin-day2-common';
import { ClusterRow } from '../../rows';
import { toMoment } from '../../wire';
import { Freshness } from '../freshness/read';

/** The state of a cluster as it is now: what nobody has heard of is silent, whatever was written last. */
export function seenState(
  row: ClusterRow,
  freshness: Freshness,
): { state: ClusterState; since: number | null } {
  const lost = freshness.silent.has(row.name) && row.state === 'connected';
  return lost
    ? { state: 'silent', since: row.last_contact_at }
    : { state: row.state, since: row.state_since };
}

export function clusterFreshness(
  row: ClusterRow,
  freshness: Freshness,
): WireFreshness {
  const { state, since } = seenState(row, freshness);
  return {
    cluster: row.name,
    environment: row.environment,
    state,
    since: toMoment(since),
    lastContactAt: toMoment(row.last_contact_at),
    message: state === row.state ? row.message : silentMessage(row),
  };
}

/** Nobody said so, not even a collector: each reader finds it from the age of the last contact. */
export function silentMessage(row: ClusterRow): string {
  return row.last_contact_at === null
    ? `Cluster ${row.name} has not been read yet.`
    : `Cluster ${row.name} has not been heard of for more than 90 s.`;
}
