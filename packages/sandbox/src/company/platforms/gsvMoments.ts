import type { WorkloadInput } from '../build';
import { cronJob, days, deployment, hours, job, minutes } from '../build';
import {
  autoscaler,
  deployed,
  disruptionBudget,
  namespace,
  quota,
  service,
  volumeClaim,
} from '../buildMore';
import type { Moment } from '../types';
import {
  api,
  keycloak,
  portal,
  postgres,
  qdrant,
  registry,
  REGISTRY,
  SYSTEM,
  worker,
} from './gsvWorkloads';

export const production: readonly Moment[] = [
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
    ago: hours(6),
    born: days(34),
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

export const staging: readonly Moment[] = [
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
