import {
  KindState,
  ServiceReport,
} from '@day2ops/backstage-plugin-day2-common';
import { KindStateRow } from '../../rows';
import { toMoment } from '../../wire';
import { clusterFreshness, seenState } from '../clusters/seen';
import { Freshness } from '../freshness/read';

type Unknown = ServiceReport['unknown'][number];

const reasons: Partial<Record<KindState, { why: string; says: string }>> = {
  forbidden: { why: 'Forbidden', says: 'may not be read' },
  absent: { why: 'NotInstalled', says: 'is not known there' },
  backoff: { why: 'SourceError', says: 'cannot be read' },
  unsupported: {
    why: 'UnsupportedVersion',
    says: 'is served in no version that Day 2 reads',
  },
};

/** What should be known in these clusters and is not: whole clusters first, else kinds. */
export function unknownsOf(
  clusters: Iterable<string>,
  freshness: Freshness,
): Unknown[] {
  return [...clusters].sort().flatMap(name => {
    const row = freshness.clusters.get(name);
    if (row && !freshness.silent.has(name)) {
      return freshness.kinds
        .filter(kind => kind.cluster === name)
        .flatMap(kind => unknownKind(kind, freshness) ?? []);
    }
    if (!row) {
      return [];
    }
    const { state, since } = seenState(row, freshness);
    return [
      {
        cluster: name,
        source: 'kubernetes',
        kind: null,
        why: whyOf(state),
        message: clusterFreshness(row, freshness).message ?? row.message,
        since: toMoment(since),
      },
    ];
  });
}

function whyOf(state: string): string {
  if (state === 'neverSynced') {
    return 'NeverSynced';
  }
  return state === 'silent' ? 'Stale' : 'Forbidden';
}

function unknownKind(
  kind: KindStateRow,
  freshness: Freshness,
): Unknown | undefined {
  const reason = reasons[kind.state];
  const { stale } = freshness.of(kind);
  if (!reason && !stale) {
    return undefined;
  }
  const { why, says } = reason ?? {
    why: 'Stale',
    says: 'has not been heard of for more than 90 s',
  };
  return {
    cluster: kind.cluster,
    source: kind.source,
    kind: kind.kind,
    why,
    message: kind.message ?? `${kind.kind} ${says}.`,
    since: toMoment(reason ? kind.since : kind.last_contact_at),
  };
}
