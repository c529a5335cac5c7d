import { KindDefinition } from '@day2ops/backstage-plugin-day2-node';
import { stringify } from 'yaml';

/** A rule of a Kubernetes ClusterRole. */
export interface PolicyRule {
  apiGroups?: string[];
  resources?: string[];
  nonResourceURLs?: string[];
  verbs: string[];
}

export interface ClusterRole {
  apiVersion: 'rbac.authorization.k8s.io/v1';
  kind: 'ClusterRole';
  metadata: { name: string };
  rules: PolicyRule[];
}

/** What is asked for only where a person may read it on demand. */
export interface OptionalRules {
  events?: boolean;
  logs?: boolean;
}

/** What every source needs besides its kinds: to see that the cluster lives, who it is and what it serves. */
const commonRules: readonly PolicyRule[] = [
  { apiGroups: [''], resources: ['namespaces'], verbs: ['get'] },
  {
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews'],
    verbs: ['create'],
  },
  {
    nonResourceURLs: [
      '/readyz',
      '/version',
      '/api',
      '/api/*',
      '/apis',
      '/apis/*',
    ],
    verbs: ['get'],
  },
];

/**
 * The least that a source needs of a cluster: reading its kinds, nothing else. Secrets, exec and writes are never in it.
 */
export function clusterRoleOf(
  source: { id: string; kinds: readonly KindDefinition[] },
  optional: OptionalRules = {},
): ClusterRole {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: `day2-${source.id}` },
    rules: [
      ...rulesOf(source.kinds),
      ...(optional.events
        ? [{ apiGroups: [''], resources: ['events'], verbs: ['list'] }]
        : []),
      ...(optional.logs
        ? [{ apiGroups: [''], resources: ['pods/log'], verbs: ['get'] }]
        : []),
      ...commonRules.map(rule => ({ ...rule })),
    ],
  };
}

/** One rule for each group, in the order in which groups first occur. */
export function rulesOf(
  kinds: readonly Pick<KindDefinition, 'group' | 'plural'>[],
): PolicyRule[] {
  const groups = new Map<string, Set<string>>();
  for (const { group, plural } of kinds) {
    groups.set(group, (groups.get(group) ?? new Set()).add(plural));
  }
  return [...groups].map(([group, plurals]) => ({
    apiGroups: [group],
    resources: [...plurals].sort(),
    verbs: ['get', 'list', 'watch'],
  }));
}

/** YAML of the rules that a cluster's role lacks, for a person to paste; `undefined` when it lacks none. */
export function missingRules(
  forbidden: readonly Pick<KindDefinition, 'group' | 'plural'>[],
): string | undefined {
  return forbidden.length > 0 ? stringify(rulesOf(forbidden)) : undefined;
}
