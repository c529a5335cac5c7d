import { JudgedItem } from '../../model/types';

/** A judged item of service `name`, healthy unless told otherwise. */
export function createItem(overrides: Partial<JudgedItem> = {}): JudgedItem {
  const name = overrides.name ?? 'api';
  const cluster = overrides.cluster ?? 'production';
  return {
    id: `${cluster}-${name}`,
    source: 'kubernetes',
    area: 'workloads',
    cluster,
    clusterUid: `uid-${cluster}`,
    environment: cluster,
    apiVersion: 'apps/v1',
    group: 'apps',
    kind: 'Deployment',
    namespace: 'shop',
    name,
    uid: `uid-${name}`,
    verdict: {
      health: 'healthy',
      reason: 'Ready',
      params: {},
      message: 'All 3 pods are ready.',
    },
    objectSince: undefined,
    evidence: {},
    revision: undefined,
    links: [],
    entities: [],
    ...overrides,
  };
}

export function createVerdict(
  health: JudgedItem['verdict']['health'],
  reason: string,
): JudgedItem['verdict'] {
  return { health, reason, params: {}, message: `It is ${reason}.` };
}
