import type { WorkloadInput } from '../build';
import { cronJob, days, deployment, hours } from '../build';
import { disruptionBudget, namespace, service } from '../buildMore';
import type { Moment, Platform } from '../types';

const SYSTEM = 'gitops-lifecycle';
const REGISTRY = 'registry.gitops.example/lifecycle';
const NAMESPACE = 'gitops-system';

const controller = (
  name: string,
  overrides: Partial<WorkloadInput> = {},
): WorkloadInput => ({
  name,
  namespace: NAMESPACE,
  service: name,
  system: SYSTEM,
  component: name,
  image: `${REGISTRY}/${name}:1.9.0`,
  replicas: 1,
  port: 8080,
  ready: '/ready',
  cpu: '100m',
  memory: '128Mi',
  memoryLimit: '256Mi',
  ...overrides,
});

const lifecycle = (overrides: Partial<WorkloadInput> = {}) =>
  controller('lifecycle-controller', { replicas: 2, ...overrides });

const production: readonly Moment[] = [
  {
    ago: days(52),
    object: namespace(NAMESPACE, { environment: 'production' }),
  },
  { ago: days(47), object: deployment(lifecycle()) },
  { ago: days(47), object: service({ ...lifecycle(), port: 8080 }) },
  {
    ago: days(47),
    object: disruptionBudget({ ...lifecycle(), spec: { minAvailable: 1 } }),
  },
  {
    ago: days(47),
    object: deployment(controller('retry-controller', { port: 8082 })),
  },
  {
    ago: days(47),
    object: deployment(controller('service-discovery-controller')),
  },
  {
    ago: hours(7),
    workload: `${NAMESPACE}/service-discovery-controller`,
    behaviour: {
      as: 'crashLoop',
      exitCode: 1,
      log: [
        'level=info msg="starting service discovery" version=1.9.0',
        'level=error msg="cannot list proxy providers" url=http://authentik-server.authentik.svc.cluster.local:80/api/v3/providers/proxy/ error="dial tcp: lookup authentik-server.authentik.svc.cluster.local: no such host"',
        'level=fatal msg="giving up after 3 attempts"',
      ],
    },
  },
  {
    ago: hours(4),
    born: days(40),
    object: cronJob({
      ...controller('lifecycle-cleanup', {
        service: 'lifecycle-controller',
        ready: undefined,
        port: undefined,
        image: `${REGISTRY}/cleanup:1.9.0`,
        args: ['--completed-jobs=1h', '--failed-jobs=24h', '--providers=7d'],
      }),
      schedule: '*/30 * * * *',
      cron: { concurrencyPolicy: 'Forbid' },
    }),
  },
];

const staging: readonly Moment[] = [
  {
    ago: days(52),
    object: namespace('gitops-staging', { environment: 'staging' }),
  },
  {
    ago: days(20),
    object: deployment(
      lifecycle({
        namespace: 'gitops-staging',
        replicas: 1,
        image: `${REGISTRY}/lifecycle-controller:1.10.0-rc.1`,
      }),
    ),
  },
  {
    ago: days(20),
    object: deployment(
      controller('retry-controller', {
        namespace: 'gitops-staging',
        port: 8082,
      }),
    ),
  },
];

/** GitOps lifecycle management: cleans up, tries again, finds services. */
export const gitOps: Platform = {
  system: {
    name: SYSTEM,
    title: 'GitOps lifecycle management',
    description:
      'Controllers that clean up after deliveries, retry them and find services.',
  },
  team: {
    name: 'gitops-core',
    title: 'GitOps core',
    description: 'Builds and runs the lifecycle controllers.',
  },
  people: [
    {
      name: 'lena.fischer',
      displayName: 'Lena Fischer',
      email: 'lena.fischer@gitops.example',
      memberOf: ['gitops-core'],
    },
  ],
  services: [
    {
      kind: 'Component',
      name: 'lifecycle-controller',
      description:
        'Cleans up finished Jobs, orphaned providers and old ReplicaSets.',
      type: 'service',
      lifecycle: 'production',
      tags: ['operator'],
    },
    {
      kind: 'Component',
      name: 'retry-controller',
      description:
        'Tries failed deliveries again, with back-off and a circuit breaker.',
      type: 'service',
      lifecycle: 'production',
      needs: ['lifecycle-controller'],
    },
    {
      kind: 'Component',
      name: 'service-discovery-controller',
      description: 'Finds services and registers them with the identity proxy.',
      type: 'service',
      lifecycle: 'production',
      needs: ['lifecycle-controller'],
    },
  ],
  moments: { production, staging },
};
