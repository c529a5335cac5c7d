import type { AccessRule, ClusterUser } from '../cluster/access';
import { allowEverything } from '../cluster/access';
import type { SandboxTokens } from './credentials';
import { TASK_RUN_GROUP } from './taskRuns';

const READ = ['get', 'list', 'watch'] as const;

/** What Day 2 reads, and nothing else: no Secrets, no writes. */
export const READER_RULES: readonly AccessRule[] = [
  {
    apiGroups: [''],
    resources: [
      'events',
      'limitranges',
      'namespaces',
      'nodes',
      'persistentvolumeclaims',
      'pods',
      'resourcequotas',
      'services',
    ],
    verbs: READ,
  },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  {
    apiGroups: ['apps'],
    resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
    verbs: READ,
  },
  { apiGroups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: READ },
  {
    apiGroups: ['autoscaling'],
    resources: ['horizontalpodautoscalers'],
    verbs: READ,
  },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: READ },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: READ },
  {
    apiGroups: ['apiextensions.k8s.io'],
    resources: ['customresourcedefinitions'],
    verbs: READ,
  },
  { apiGroups: [TASK_RUN_GROUP], resources: ['taskruns'], verbs: READ },
  {
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
    verbs: ['create'],
  },
];

/** Who may come to the clusters of the company. */
export function companyUsers(tokens: SandboxTokens): ClusterUser[] {
  return [
    {
      name: 'system:serviceaccount:day2:day2-reader',
      groups: ['system:serviceaccounts', 'system:serviceaccounts:day2'],
      token: tokens.reader,
      rules: READER_RULES,
    },
    {
      name: 'admin',
      groups: ['system:masters'],
      token: tokens.admin,
      rules: allowEverything,
    },
  ];
}
