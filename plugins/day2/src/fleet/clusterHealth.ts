import {
  Cluster,
  ClusterKind,
  Health,
} from '@day2ops/backstage-plugin-day2-common';
import { HealthProps } from '../components/HealthLabel';

/** What the label of a cluster says: what cannot be seen is unknown, whatever was known of it. */
export function clusterHealth(cluster: Cluster): HealthProps {
  const reasons: Partial<Record<Cluster['state'], string>> = {
    silent: 'Stale',
    neverSynced: 'NeverSynced',
    unauthenticated: 'Forbidden',
    clientAuth: 'Forbidden',
    duplicate: 'Unclear',
  };
  const reason = reasons[cluster.state];
  return reason
    ? { health: 'unknown', reason }
    : { health: cluster.health, reason: cluster.reason };
}

/** The same for one kind in it: nothing is healthy in a cluster that cannot be seen. */
export function kindHealth(
  kind: ClusterKind,
  cluster: Pick<Cluster, 'state'>,
): HealthProps {
  const reasons: Record<ClusterKind['state'], string | undefined> = {
    init: 'NeverSynced',
    listing: 'NeverSynced',
    synced: undefined,
    backoff: 'Stale',
    forbidden: 'Forbidden',
    absent: 'NotInstalled',
    unsupported: 'UnsupportedVersion',
  };
  const unseen = cluster.state === 'connected' ? undefined : 'Stale';
  const reason = reasons[kind.state] ?? unseen;
  const health: Health = reason ? 'unknown' : 'healthy';
  return { health, reason };
}
