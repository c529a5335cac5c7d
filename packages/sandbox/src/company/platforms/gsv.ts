import type { WorkloadInput } from '../build';
import {
  cronJob,
  days,
  deployment,
  hours,
  job,
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
  volumeClaim,
} from '../buildMore';
import type { Moment, Platform } from '../types';

const SYSTEM = 'gsv-platform';
const REGISTRY = 'registry.gsv.example/gsv';

const api = (overrides: Partial<WorkloadInput> = {}): WorkloadInput => ({
  name: 'gsv-api',
  namespace: 'gsv-prod',
  service: 'gsv-api',
  system: SYSTEM,
  component: 'api',
  image: `${REGISTRY}/gsv-api:1.41.3`,
  replicas: 3,
  port: 8080,
  ready: '/ready',
  cpu: '250m',
  memory: '128Mi',
  memoryLimit: '256Mi',
  env: { LOG_LEVEL: 'info', HTTP_PORT: '8080' },
  sidecars: [
    {
      name: 'otel-collector',
      image: 'otel/opentelemetry-collector-contrib:0.128.0',
      resources: {
        requests: { cpu: '20m', memory: '64Mi' },
        limits: { memory: '128Mi' },
      },
    },
  ],
  ...overrides,
});

const portal = (overrides: Partial<WorkloadInput> = {}): WorkloadInput => ({
  name: 'gsv-portal',
  namespace: 'gsv-prod',
  service: 'gsv-portal',
  system: SYSTEM,
  component: 'frontend',
  image: `${REGISTRY}/gsv-portal:3.8.1`,
  replicas: 2,
  port: 3000,
  ready: '/healthz',
  cpu: '100m',
  memory: '192Mi',
  memoryLimit: '384Mi',
  ...overrides,
});

const worker = (overrides: Partial<WorkloadInput> = {}): WorkloadInput => ({
  name: 'gsv-worker',
  namespace: 'gsv-prod',
  service: 'gsv-worker',
  system: SYSTEM,
  component: 'worker',
  image: `${REGISTRY}/gsv-worker:1.41.3`,
  replicas: 6,
  port: 9090,
  ready: '/ready',
  cpu: '250m',
  memory: '256Mi',
  memoryLimit: '512Mi',
  ...overrides,
});

const keycloak = (overrides: Partial<WorkloadInput> = {}): WorkloadInput => ({
  name: 'keycloak',
  namespace: 'sso',
  service: 'keycloak',
  system: SYSTEM,
  component: 'identity',
  image: 'quay.io/keycloak/keycloak:26.3.5',
  replicas: 2,
  port: 8080,
  ready: '/health/ready',
  cpu: '300m',
  memory: '768Mi',
  memoryLimit: '1Gi',
  args: ['start', '--optimized'],
  ...overrides,
});

const registry = (overrides: Partial<WorkloadInput> = {}): WorkloadInput => ({
  name: 'agent-registry',
  namespace: 'cmp',
  service: 'agent-registry',
  system: SYSTEM,
  component: 'api',
  image: `${REGISTRY}/agent-registry:0.19.2`,
  replicas: 3,
  port: 8000,
  ready: '/health/',
  cpu: '200m',
  memory: '384Mi',
  memoryLimit: '768Mi',
  initContainers: [
    {
      name: 'collect-static',
      image: `${REGISTRY}/agent-registry:0.19.2`,
      command: ['python', 'manage.py', 'collectstatic', '--noinput'],
      resources: {
        requests: { cpu: '100m', memory: '128Mi' },
        limits: { memory: '256Mi' },
      },
    },
  ],
  ...overrides,
});

const postgres = (overrides: Partial<WorkloadInput> = {}) =>
  statefulSet({
    name: 'cmp-postgres',
    namespace: 'cmp',
    service: 'cmp-postgres',
    system: SYSTEM,
    component: 'database',
    container: 'postgres',
    image: 'ghcr.io/cloudnative-pg/postgresql:16.9',
    replicas: 3,
    port: 5432,
    cpu: '250m',
    memory: '768Mi',
    memoryLimit: '1Gi',
    volume: {
      name: 'pgdata',
      path: '/var/lib/postgresql/data',
      size: '20Gi',
      class: 'gp3-encrypted',
    },
    ...overrides,
  });

/** Belongs to its entity by the entity's own selector alone. */
const qdrant = (): WorkloadInput => ({
  name: 'qdrant',
  namespace: 'cmp',
  system: SYSTEM,
  component: 'vector-store',
  image: 'qdrant/qdrant:v1.15.1',
  port: 6333,
  ready: '/readyz',
  cpu: '150m',
  memory: '512Mi',
  memoryLimit: '1Gi',
});

const production: readonly Moment[] = [
  ...['gsv-prod', 'sso', 'cmp'].map(name => ({
    ago: days(50),
    object: namespace(name, { environment: 'production' }),
  })),
  {
    ago: days(49),
    object: quota('gsv-prod', 'gsv-prod', {
      'requests.cpu': '6',
      'requests.memory': '8Gi',
      'limits.memory': '12Gi',
      pods: '40',
      persistentvolumeclaims: '5',
    }),
  },
  {
    ago: days(48),
    object: volumeClaim({ ...api(), claim: 'gsv-uploads', size: '40Gi' }),
  },
  {
    ago: days(34),
    object: deployment(api({ claims: { 'gsv-uploads': '/var/lib/gsv' } })),
  },
  { ago: days(34), object: service({ ...api(), port: 8080 }) },
  {
    ago: days(34),
    object: disruptionBudget({ ...api(), spec: { minAvailable: 2 } }),
  },
  {
    ago: days(34),
    object: autoscaler({ ...api(), min: 2, max: 6, cpuPercent: 70 }),
  },
  { ago: days(34), workload: 'gsv-prod/gsv-api', load: 0.5 },
  {
    ago: hours(50),
    object: cronJob({
      ...api({ replicas: undefined, sidecars: undefined, ready: undefined }),
      name: 'gsv-api-token-cleanup',
      container: 'cleanup',
      component: 'maintenance',
      image: `${REGISTRY}/gsv-api:1.41.3`,
      args: ['cleanup-tokens', '--older-than=24h'],
      schedule: '0 * * * *',
      timeZone: 'Etc/UTC',
    }),
  },
  { ago: days(31), object: deployment(portal()) },
  { ago: days(31), object: service({ ...portal(), port: 3000 }) },
  {
    ago: days(31),
    object: disruptionBudget({ ...portal(), spec: { minAvailable: 1 } }),
  },
  deployed(
    days(6),
    { namespace: 'gsv-prod', name: 'gsv-portal' },
    `${REGISTRY}/gsv-portal:3.9.0`,
  ),
  { ago: days(31), object: deployment(worker()) },
  { ago: days(31), workload: 'gsv-prod/gsv-worker', load: 1.02 },
  {
    ago: days(31) - minutes(1),
    object: autoscaler({ ...worker(), min: 2, max: 6, cpuPercent: 70 }),
  },
  { ago: minutes(124), workload: 'gsv-prod/gsv-worker', load: 1.41 },
  { ago: days(45), object: deployment(keycloak()) },
  { ago: days(45), object: service({ ...keycloak(), port: 8080 }) },
  {
    ago: days(45),
    object: disruptionBudget({ ...keycloak(), spec: { minAvailable: 2 } }),
  },
  { ago: days(45), object: postgres() },
  {
    ago: days(45),
    object: disruptionBudget({
      name: 'cmp-postgres',
      namespace: 'cmp',
      service: 'cmp-postgres',
      system: SYSTEM,
      spec: { maxUnavailable: 1 },
    }),
  },
  { ago: days(40), object: deployment(registry()) },
  { ago: days(40), object: service({ ...registry(), port: 8000 }) },
  { ago: days(40), workload: 'cmp/agent-registry', load: 0.35 },
  {
    ago: days(40),
    object: autoscaler({ ...registry(), min: 2, max: 8, cpuPercent: 70 }),
  },
  { ago: days(30), object: deployment(qdrant()) },
  {
    ago: days(3),
    object: volumeClaim({
      ...qdrant(),
      claim: 'qdrant-snapshots',
      size: '100Gi',
      class: 'fast-nvme',
    }),
  },
  deployed(
    minutes(39),
    { namespace: 'gsv-prod', name: 'gsv-api' },
    `${REGISTRY}/gsv-api:1.42.0`,
  ),
  {
    ago: minutes(38),
    workload: 'gsv-prod/gsv-api',
    behaviour: { as: 'oom', container: 'api', pods: 2 },
  },
];

const migration = (): WorkloadInput => ({
  ...registry({ namespace: 'cmp-dev', ready: undefined }),
  name: 'agent-registry-migrate-0-20-0',
  component: 'migration',
  container: 'migrate',
  initContainers: undefined,
  image: `${REGISTRY}/agent-registry:0.20.0-rc.1`,
  args: ['python', 'manage.py', 'migrate'],
});

const small = { replicas: 1, cpu: '50m' };

const staging: readonly Moment[] = [
  ...['gsv-dev', 'sso-dev', 'cmp-dev'].map(name => ({
    ago: days(50),
    object: namespace(name, { environment: 'staging' }),
  })),
  {
    ago: days(34),
    object: deployment(api({ ...small, namespace: 'gsv-dev' })),
  },
  deployed(
    days(1),
    { namespace: 'gsv-dev', name: 'gsv-api' },
    `${REGISTRY}/gsv-api:1.42.0`,
  ),
  {
    ago: days(33),
    object: deployment(portal({ ...small, namespace: 'gsv-dev' })),
  },
  {
    ago: days(33),
    object: deployment(worker({ ...small, namespace: 'gsv-dev' })),
  },
  {
    ago: days(33),
    object: deployment(keycloak({ ...small, namespace: 'sso-dev' })),
  },
  {
    ago: days(33),
    object: postgres({ ...small, namespace: 'cmp-dev', memory: '512Mi' }),
  },
  {
    ago: days(32),
    object: deployment(registry({ ...small, namespace: 'cmp-dev' })),
  },
  {
    ago: hours(5),
    workload: 'cmp-dev/agent-registry-migrate-0-20-0',
    behaviour: {
      as: 'failJob',
      log: [
        'Operations to perform:',
        '  Apply all migrations: agents, auth, registry, webhooks',
        'Running migrations:',
        '  Applying registry.0042_agent_capabilities...',
        'django.db.utils.ProgrammingError: column "capabilities" of relation "registry_agent" already exists',
      ],
    },
  },
  { ago: hours(5), object: job(migration()) },
];

/** The GSV platform: identity, agents, their registry and the portal in front. */
export const gsv: Platform = {
  system: {
    name: SYSTEM,
    title: 'GSV platform',
    description:
      'Tenants, agents and single sign-on of the GSV platform, with its portal and databases.',
  },
  team: {
    name: 'gsv-sre',
    title: 'GSV SRE',
    description: 'Runs the GSV platform.',
  },
  people: [
    {
      name: 'mara.lindqvist',
      displayName: 'Mara Lindqvist',
      email: 'mara.lindqvist@gsv.example',
      memberOf: ['gsv-sre', 'platform-team'],
    },
    {
      name: 'tomas.berg',
      displayName: 'Tomas Berg',
      email: 'tomas.berg@gsv.example',
      memberOf: ['gsv-sre'],
    },
  ],
  services: [
    {
      kind: 'Component',
      name: 'gsv-api',
      description:
        'HTTP API of the GSV platform: tenants, catalogs and billing hooks.',
      type: 'service',
      lifecycle: 'production',
      tags: ['go', 'http'],
      needs: ['cmp-postgres', 'keycloak'],
    },
    {
      kind: 'Component',
      name: 'gsv-portal',
      description: 'The web portal of the GSV platform.',
      type: 'website',
      lifecycle: 'production',
      tags: ['react'],
      needs: ['gsv-api', 'keycloak'],
    },
    {
      kind: 'Component',
      name: 'gsv-worker',
      description:
        'Runs the long work of the GSV platform: imports, mail and billing.',
      type: 'worker',
      lifecycle: 'production',
      tags: ['go'],
      needs: ['cmp-postgres'],
    },
    {
      kind: 'Component',
      name: 'keycloak',
      description: 'Single sign-on for everything at gsv.example.',
      type: 'service',
      lifecycle: 'production',
      tags: ['java', 'identity'],
    },
    {
      kind: 'Component',
      name: 'agent-registry',
      description: 'Knows every agent, its capabilities and its keys.',
      type: 'service',
      lifecycle: 'production',
      tags: ['python', 'django'],
      needs: ['cmp-postgres', 'qdrant'],
    },
    {
      kind: 'Resource',
      name: 'cmp-postgres',
      description: 'PostgreSQL of the agent registry and the GSV API.',
      type: 'database',
      lifecycle: 'production',
      tags: ['postgresql'],
    },
    {
      kind: 'Resource',
      name: 'qdrant',
      description: 'Vector store behind the search of the agent registry.',
      type: 'database',
      lifecycle: 'production',
      tags: ['qdrant'],
      claim: { selector: 'app=qdrant', namespace: 'cmp' },
    },
  ],
  moments: { production, staging },
};
