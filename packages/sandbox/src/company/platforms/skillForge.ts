import type { KubernetesObject } from '../../cluster/types';
import type { WorkloadInput } from '../build';
import {
  cronJob,
  days,
  deployment,
  hours,
  minutes,
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

const SYSTEM = 'skillforge';
const REGISTRY = 'ghcr.io/skillforge';
const NAMESPACE = 'skillforge';
const TRANSCODER = 'skillforge-media-transcoder-for-mobile-clients';

const api = (overrides: Partial<WorkloadInput> = {}): WorkloadInput => ({
  name: 'skillforge-api',
  namespace: NAMESPACE,
  service: 'skillforge-api',
  system: SYSTEM,
  component: 'api',
  image: `${REGISTRY}/skillforge-api:4.6.1`,
  replicas: 2,
  port: 3001,
  ready: '/health/ready',
  cpu: '200m',
  memory: '256Mi',
  memoryLimit: '512Mi',
  env: { NODE_ENV: 'production' },
  ...overrides,
});

const web = (overrides: Partial<WorkloadInput> = {}): WorkloadInput => ({
  name: 'skillforge-web',
  namespace: NAMESPACE,
  service: 'skillforge-web',
  system: SYSTEM,
  component: 'frontend',
  image: `${REGISTRY}/skillforge-web:4.6.1`,
  replicas: 3,
  port: 8080,
  ready: '/healthz',
  cpu: '100m',
  memory: '128Mi',
  memoryLimit: '256Mi',
  ...overrides,
});

const transcoder = (overrides: Partial<WorkloadInput> = {}): WorkloadInput => ({
  name: TRANSCODER,
  namespace: NAMESPACE,
  service: TRANSCODER,
  system: SYSTEM,
  component: 'worker',
  image: `${REGISTRY}/media-transcoder:2.7.3`,
  replicas: 2,
  port: 9000,
  ready: '/ready',
  cpu: '400m',
  memory: '512Mi',
  memoryLimit: '1Gi',
  ...overrides,
});

const postgres = (overrides: Partial<WorkloadInput> = {}) =>
  statefulSet({
    name: 'skillforge-postgres',
    namespace: NAMESPACE,
    service: 'skillforge-postgres',
    system: SYSTEM,
    component: 'database',
    image: 'pgvector/pgvector:pg16',
    replicas: 1,
    port: 5432,
    cpu: '500m',
    memory: '2Gi',
    volume: { name: 'data', path: '/var/lib/postgresql/data', size: '50Gi' },
    ...overrides,
  });

const redis = (overrides: Partial<WorkloadInput> = {}): WorkloadInput => ({
  name: 'skillforge-redis',
  namespace: NAMESPACE,
  service: 'skillforge-redis',
  system: SYSTEM,
  component: 'cache',
  image: 'redis:7-alpine',
  replicas: 1,
  port: 6379,
  cpu: '50m',
  memory: '128Mi',
  ...overrides,
});

/** More memory than any node has. */
function enlarge(object: KubernetesObject) {
  const [container] = object.spec?.template.spec.containers ?? [];
  container.resources = {
    requests: { cpu: '500m', memory: '8Gi' },
    limits: { memory: '8Gi' },
  };
}

const production: readonly Moment[] = [
  {
    ago: days(44),
    object: namespace(NAMESPACE, {
      environment: 'production',
      'pod-security.kubernetes.io/enforce': 'baseline',
    }),
  },
  {
    ago: days(43),
    object: quota('skillforge', NAMESPACE, {
      'requests.cpu': '4',
      'requests.memory': '12Gi',
      pods: '12',
      persistentvolumeclaims: '4',
    }),
  },
  { ago: days(42), object: postgres() },
  { ago: days(42), object: deployment(redis()) },
  { ago: days(42), object: deployment(api()) },
  { ago: days(42), object: service({ ...api(), port: 3001 }) },
  {
    ago: days(42),
    object: disruptionBudget({ ...api(), spec: { minAvailable: 1 } }),
  },
  { ago: days(42), workload: `${NAMESPACE}/skillforge-api`, load: 0.21 },
  {
    ago: days(42),
    object: autoscaler({ ...api(), min: 2, max: 4, cpuPercent: 70 }),
  },
  { ago: days(38), object: deployment(web()) },
  { ago: days(38), object: service({ ...web(), port: 8080 }) },
  { ago: days(36), object: deployment(transcoder()) },
  {
    ago: hours(2),
    born: days(37),
    object: cronJob({
      ...api({ ready: undefined, port: undefined }),
      name: 'skillforge-digest-mail',
      component: 'mail',
      container: 'digest',
      args: ['node', 'dist/jobs/digest.js'],
      schedule: '30 5 * * *',
      timeZone: 'Europe/Berlin',
      cron: { suspend: true },
    }),
  },
  {
    ago: minutes(53),
    workload: `${NAMESPACE}/${TRANSCODER}`,
    behaviour: { as: 'imagePull', image: `${REGISTRY}/media-transcoder:2.8.0` },
  },
  deployed(
    minutes(52),
    { namespace: NAMESPACE, name: TRANSCODER },
    `${REGISTRY}/media-transcoder:2.8.0`,
  ),
  {
    ago: minutes(48),
    key: {
      group: 'apps',
      kind: 'StatefulSet',
      namespace: NAMESPACE,
      name: 'skillforge-postgres',
    },
    change: enlarge,
  },
];

const small = { replicas: 1, cpu: '50m', namespace: 'skillforge-staging' };

const staging: readonly Moment[] = [
  {
    ago: days(44),
    object: namespace('skillforge-staging', { environment: 'staging' }),
  },
  { ago: days(42), object: postgres({ ...small, memory: '512Mi' }) },
  { ago: days(42), object: deployment(redis(small)) },
  { ago: days(42), object: deployment(api(small)) },
  {
    ago: days(38),
    object: deployment(web({ ...small, replicas: 2 })),
  },
  { ago: days(36), object: deployment(transcoder(small)) },
  {
    ago: minutes(24),
    workload: 'skillforge-staging/skillforge-web',
    behaviour: {
      as: 'hang',
      since: 0,
      message:
        'Readiness probe failed: Get "http://10.244.2.31:8080/healthz": dial tcp 10.244.2.31:8080: connect: connection refused',
    },
  },
  deployed(
    minutes(23),
    { namespace: 'skillforge-staging', name: 'skillforge-web' },
    `${REGISTRY}/skillforge-web:4.7.0-beta.1`,
  ),
];

/** SkillForge: learning, with its media and its search. */
export const skillForge: Platform = {
  system: {
    name: SYSTEM,
    title: 'SkillForge',
    description:
      'Courses, skills and their media for learners on every device.',
  },
  team: {
    name: 'skillforge',
    title: 'SkillForge',
    description: 'Builds and runs SkillForge.',
  },
  people: [
    {
      name: 'jonas.weber',
      displayName: 'Jonas Weber',
      email: 'jonas.weber@skillforge.example',
      memberOf: ['skillforge'],
    },
    {
      name: 'priya.nair',
      displayName: 'Priya Nair',
      email: 'priya.nair@skillforge.example',
      memberOf: ['skillforge'],
    },
  ],
  services: [
    {
      kind: 'Component',
      name: 'skillforge-api',
      description: 'API of SkillForge: courses, skills and progress.',
      type: 'service',
      lifecycle: 'production',
      tags: ['typescript', 'http'],
      needs: ['skillforge-postgres', 'skillforge-redis'],
    },
    {
      kind: 'Component',
      name: 'skillforge-web',
      description: 'The web application of SkillForge.',
      type: 'website',
      lifecycle: 'production',
      tags: ['react'],
      needs: ['skillforge-api'],
    },
    {
      kind: 'Component',
      name: TRANSCODER,
      description: 'Turns course videos into what phones can play.',
      type: 'worker',
      lifecycle: 'production',
      tags: ['ffmpeg'],
      needs: ['skillforge-redis'],
    },
    {
      kind: 'Resource',
      name: 'skillforge-postgres',
      description:
        'PostgreSQL with pgvector: courses, learners and their search.',
      type: 'database',
      lifecycle: 'production',
      tags: ['postgresql'],
    },
    {
      kind: 'Resource',
      name: 'skillforge-redis',
      description: 'Sessions and queues of SkillForge.',
      type: 'database',
      lifecycle: 'production',
      tags: ['redis'],
    },
  ],
  moments: { production, staging },
};
