import type { WorkloadInput } from '../build';
import {
  cronJob,
  daemonSet,
  days,
  deployment,
  hours,
  job,
  statefulSet,
} from '../build';
import {
  autoscaler,
  deployed,
  disruptionBudget,
  namespace,
  quota,
  service,
} from '../buildMore';
import type { Moment, Platform } from '../types';

const SYSTEM = 'platform-go';
const REGISTRY = 'registry.platform-go.example/platform';
const NAMESPACE = 'platform-go';

const api = (overrides: Partial<WorkloadInput> = {}): WorkloadInput => ({
  name: 'platform-go-api',
  namespace: NAMESPACE,
  service: 'platform-go-api',
  system: SYSTEM,
  component: 'api',
  image: `${REGISTRY}/platform-go:2.14.0`,
  replicas: 3,
  port: 8080,
  ready: '/ready',
  cpu: '200m',
  memory: '192Mi',
  memoryLimit: '384Mi',
  env: { GIN_MODE: 'release', REDIS_ADDR: 'platform-go-redis:6379' },
  ...overrides,
});

const worker = (overrides: Partial<WorkloadInput> = {}): WorkloadInput => ({
  name: 'platform-go-worker',
  namespace: NAMESPACE,
  service: 'platform-go-worker',
  system: SYSTEM,
  component: 'worker',
  image: `${REGISTRY}/platform-go-worker:2.14.0`,
  replicas: 2,
  port: 9090,
  ready: '/ready',
  cpu: '150m',
  memory: '256Mi',
  memoryLimit: '512Mi',
  ...overrides,
});

const redis = (overrides: Partial<WorkloadInput> = {}) =>
  statefulSet({
    name: 'platform-go-redis',
    namespace: NAMESPACE,
    service: 'platform-go-redis',
    system: SYSTEM,
    component: 'cache',
    image: 'redis:7.4-alpine',
    replicas: 1,
    port: 6379,
    cpu: '100m',
    memory: '256Mi',
    volume: { name: 'data', path: '/data', size: '8Gi' },
    ...overrides,
  });

const fileBrowser = (
  overrides: Partial<WorkloadInput> = {},
): WorkloadInput => ({
  name: 'platform-go-filebrowser',
  namespace: NAMESPACE,
  service: 'platform-go-filebrowser',
  system: SYSTEM,
  component: 'frontend',
  image: 'filebrowser/filebrowser:v2.42.0',
  replicas: 1,
  port: 8080,
  ready: '/health',
  cpu: '50m',
  memory: '64Mi',
  memoryLimit: '128Mi',
  ...overrides,
});

const rollup = (): WorkloadInput => ({
  ...worker({ replicas: undefined, ready: undefined, port: undefined }),
  name: 'report-rollup',
  component: 'reports',
  container: 'rollup',
  args: ['rollup', '--window=24h'],
});

const nodeAgent = (): WorkloadInput => ({
  name: 'platform-node-agent',
  namespace: 'platform-go',
  system: SYSTEM,
  component: 'agent',
  image: `${REGISTRY}/node-agent:1.6.2`,
  cpu: '30m',
  memory: '48Mi',
  memoryLimit: '96Mi',
  pod: {
    tolerations: [{ operator: 'Exists' }],
    priorityClassName: 'system-node-critical',
  },
});

const production: readonly Moment[] = [
  {
    ago: days(55),
    object: namespace(NAMESPACE, { environment: 'production' }),
  },
  {
    ago: days(54),
    object: quota('platform-go', NAMESPACE, {
      'requests.cpu': '8',
      'requests.memory': '12Gi',
      pods: '60',
    }),
  },
  { ago: days(40), object: redis() },
  { ago: days(40), object: deployment(api()) },
  { ago: days(40), object: service({ ...api(), port: 8080 }) },
  {
    ago: days(40),
    object: disruptionBudget({ ...api(), spec: { maxUnavailable: 1 } }),
  },
  {
    ago: hours(9),
    key: {
      group: 'apps',
      kind: 'Deployment',
      namespace: NAMESPACE,
      name: 'platform-go-api',
    },
    change: object => {
      object.spec = { ...object.spec, replicas: 5 };
    },
  },
  { ago: days(40), object: deployment(worker()) },
  { ago: days(40), workload: `${NAMESPACE}/platform-go-worker`, load: 0.16 },
  {
    ago: days(40),
    object: autoscaler({ ...worker(), min: 2, max: 5, cpuPercent: 75 }),
  },
  { ago: days(20), object: deployment(fileBrowser()) },
  { ago: days(41), object: daemonSet(nodeAgent()) },
  {
    ago: days(6),
    born: days(39),
    object: cronJob({
      ...rollup(),
      schedule: '0 2 * * *',
      timeZone: 'Etc/UTC',
    }),
  },
  {
    ago: days(3) + hours(6),
    workload: `${NAMESPACE}/report-rollup`,
    behaviour: { as: 'hangJob' },
  },
  {
    ago: hours(20),
    object: job({
      ...worker({ ready: undefined, port: undefined }),
      name: 'platform-go-warm-cache',
      component: 'maintenance',
      container: 'warm',
      args: ['warm-cache', '--all'],
    }),
  },
];

const small = { replicas: 1, cpu: '50m', namespace: 'platform-go-staging' };

const staging: readonly Moment[] = [
  {
    ago: days(55),
    object: namespace('platform-go-staging', { environment: 'staging' }),
  },
  { ago: days(40), object: redis(small) },
  { ago: days(40), object: deployment(api(small)) },
  { ago: days(40), object: deployment(worker(small)) },
  { ago: days(20), object: deployment(fileBrowser(small)) },
  deployed(
    hours(30),
    { namespace: 'platform-go-staging', name: 'platform-go-api' },
    `${REGISTRY}/platform-go:2.15.0-rc.2`,
  ),
];

/** platform-go: the Go services that the teams build on. */
export const platformGo: Platform = {
  system: {
    name: SYSTEM,
    title: 'platform-go',
    description: 'Go services that the teams build on: API, jobs and files.',
  },
  team: {
    name: 'platform-core',
    title: 'Platform core',
    description: 'Builds and runs platform-go.',
  },
  people: [
    {
      name: 'ines.carvalho',
      displayName: 'Inês Carvalho',
      email: 'ines.carvalho@platform-go.example',
      memberOf: ['platform-core'],
    },
    {
      name: 'deniz.aksoy',
      displayName: 'Deniz Aksoy',
      email: 'deniz.aksoy@platform-go.example',
      memberOf: ['platform-core'],
    },
  ],
  services: [
    {
      kind: 'Component',
      name: 'platform-go-api',
      description: 'HTTP API of platform-go, cached in Redis.',
      type: 'service',
      lifecycle: 'production',
      tags: ['go', 'http'],
      needs: ['platform-go-redis'],
    },
    {
      kind: 'Component',
      name: 'platform-go-worker',
      description: 'Background work of platform-go and its nightly reports.',
      type: 'worker',
      lifecycle: 'production',
      tags: ['go'],
      needs: ['platform-go-redis'],
    },
    {
      kind: 'Component',
      name: 'platform-go-filebrowser',
      description: 'Lets people look into the files of their jobs.',
      type: 'website',
      lifecycle: 'experimental',
    },
    {
      kind: 'Resource',
      name: 'platform-go-redis',
      description: 'Read-through cache of platform-go.',
      type: 'database',
      lifecycle: 'production',
      tags: ['redis'],
    },
  ],
  moments: { production, staging },
};
