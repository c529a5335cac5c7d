import type { WorkloadInput } from '../build';
import {
  daemonSet,
  days,
  deployment,
  hours,
  minutes,
  statefulSet,
} from '../build';
import {
  disruptionBudget,
  namespace,
  quota,
  service,
  volumeClaim,
} from '../buildMore';
import { taskRun, taskRunDefinition } from '../taskRuns';
import type { Moment, Platform } from '../types';

const SYSTEM = 'orchestrator';
const REGISTRY = 'ghcr.io/5dlabs';
const NAMESPACE = 'orchestrator';

const operator = (overrides: Partial<WorkloadInput> = {}): WorkloadInput => ({
  name: 'orchestrator',
  namespace: NAMESPACE,
  service: 'orchestrator-operator',
  system: SYSTEM,
  component: 'operator',
  container: 'operator',
  image: `${REGISTRY}/orchestrator:0.1.4`,
  replicas: 2,
  port: 8080,
  ready: '/health',
  cpu: '150m',
  memory: '128Mi',
  memoryLimit: '256Mi',
  env: { RUST_LOG: 'info' },
  ...overrides,
});

const postgres = () =>
  statefulSet({
    name: 'orchestrator-postgres',
    namespace: NAMESPACE,
    service: 'orchestrator-postgres',
    system: SYSTEM,
    component: 'database',
    image: 'postgres:16.9-alpine',
    replicas: 1,
    port: 5432,
    cpu: '150m',
    memory: '512Mi',
    volume: { name: 'data', path: '/var/lib/postgresql/data', size: '18Gi' },
  });

const store = (): WorkloadInput => ({
  name: 'workspace-store',
  namespace: NAMESPACE,
  service: 'workspace-store',
  system: SYSTEM,
  component: 'storage',
  image: `${REGISTRY}/workspace-store:0.3.0`,
  replicas: 1,
  port: 8085,
  ready: '/health',
  cpu: '100m',
  memory: '192Mi',
  memoryLimit: '384Mi',
  claims: {
    'workspaces-a': '/workspaces/a',
    'workspaces-b': '/workspaces/b',
    'workspaces-c': '/workspaces/c',
  },
  spec: { strategy: { type: 'Recreate' } },
});

const metrics = (): WorkloadInput => ({
  name: 'victoria-metrics',
  namespace: 'telemetry',
  service: 'orchestrator-telemetry',
  system: SYSTEM,
  component: 'metrics',
  container: 'vmsingle',
  image: 'victoriametrics/victoria-metrics:v1.122.0',
  port: 8428,
  cpu: '200m',
  memory: '512Mi',
  memoryLimit: '1Gi',
});

const collector = (): WorkloadInput => ({
  name: 'otel-agent',
  namespace: 'telemetry',
  service: 'orchestrator-telemetry',
  system: SYSTEM,
  component: 'collector',
  image: 'otel/opentelemetry-collector-contrib:0.128.0',
  cpu: '40m',
  memory: '96Mi',
  memoryLimit: '192Mi',
  pod: { tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }] },
});

const production: readonly Moment[] = [
  { ago: days(58), object: taskRunDefinition() },
  {
    ago: days(50),
    object: namespace(NAMESPACE, { environment: 'production' }),
  },
  {
    ago: days(50),
    object: namespace('telemetry', { environment: 'production' }),
  },
  {
    ago: days(49),
    object: quota('agents', NAMESPACE, {
      'requests.cpu': '10',
      'requests.memory': '20Gi',
      'requests.storage': '1Ti',
      'count/jobs.batch': '50',
    }),
  },
  ...['a', 'b', 'c'].map(letter => ({
    ago: days(45),
    object: volumeClaim({
      ...store(),
      claim: `workspaces-${letter}`,
      size: '200Gi',
    }),
  })),
  { ago: days(45), object: postgres() },
  { ago: days(45), object: deployment(operator()) },
  { ago: days(45), object: service({ ...operator(), port: 8080 }) },
  {
    ago: days(45),
    object: disruptionBudget({ ...operator(), spec: { minAvailable: 1 } }),
  },
  { ago: days(44), object: deployment(store()) },
  { ago: days(43), object: statefulSet(metrics()) },
  { ago: days(43), object: daemonSet(collector()) },
  {
    ago: hours(7),
    workload: `${NAMESPACE}/billing-service-task-1044`,
    behaviour: {
      as: 'failJob',
      log: [
        'Cloning into "/workspace/billing-service"...',
        'agent: task 1044: implement invoice export',
        'agent: error: token budget of 200000 exhausted before the tests passed',
      ],
    },
  },
  ...[
    { name: 'auth-service-task-1001', ago: hours(30), service: 'auth-service' },
    { name: 'catalog-task-1032', ago: hours(11), service: 'catalog' },
    {
      name: 'billing-service-task-1044',
      ago: hours(6),
      service: 'billing-service',
    },
  ].map(({ name, ago, service: target }) => ({
    ago,
    object: taskRun({ name, namespace: NAMESPACE, target }),
  })),
  {
    ago: minutes(13),
    workload: `${NAMESPACE}/search-task-1051`,
    behaviour: { as: 'job', runMs: [minutes(40), minutes(60)] },
  },
  {
    ago: minutes(12),
    object: taskRun({
      name: 'search-task-1051',
      namespace: NAMESPACE,
      target: 'search',
    }),
  },
];

const staging: readonly Moment[] = [
  { ago: days(58), object: taskRunDefinition() },
  {
    ago: days(50),
    object: namespace('orchestrator-staging', { environment: 'staging' }),
  },
  {
    ago: days(30),
    object: deployment(
      operator({
        namespace: 'orchestrator-staging',
        replicas: 1,
        image: `${REGISTRY}/orchestrator:0.2.0-rc.1`,
      }),
    ),
  },
  {
    ago: hours(3),
    object: taskRun({
      name: 'smoke-task-77',
      namespace: 'orchestrator-staging',
      target: 'smoke',
    }),
  },
];

/** The 5D Labs orchestrator: an operator that runs coding agents as TaskRuns. */
export const orchestrator: Platform = {
  system: {
    name: SYSTEM,
    title: '5D Labs orchestrator',
    description:
      'An operator that runs agents as TaskRuns, and their workspaces.',
  },
  team: {
    name: 'orchestration',
    title: 'Orchestration',
    description: 'Builds and runs the orchestrator.',
  },
  people: [
    {
      name: 'amara.okafor',
      displayName: 'Amara Okafor',
      email: 'amara.okafor@5dlabs.example',
      memberOf: ['orchestration'],
    },
    {
      name: 'kenji.mori',
      displayName: 'Kenji Mori',
      email: 'kenji.mori@5dlabs.example',
      memberOf: ['orchestration'],
    },
  ],
  services: [
    {
      kind: 'Component',
      name: 'orchestrator-operator',
      description: 'Turns TaskRuns into Jobs and watches over them.',
      type: 'service',
      lifecycle: 'production',
      tags: ['rust', 'operator'],
      needs: ['orchestrator-postgres'],
    },
    {
      kind: 'Component',
      name: 'orchestrator-taskruns',
      description: 'The runs of the agents, and the Jobs behind them.',
      type: 'worker',
      lifecycle: 'production',
      needs: ['orchestrator-operator', 'workspace-store'],
    },
    {
      kind: 'Component',
      name: 'workspace-store',
      description: 'Keeps the workspaces that agents work in.',
      type: 'service',
      lifecycle: 'production',
    },
    {
      kind: 'Component',
      name: 'orchestrator-telemetry',
      description:
        'Metrics and logs of the agents: OpenTelemetry and VictoriaMetrics.',
      type: 'service',
      lifecycle: 'production',
    },
    {
      kind: 'Resource',
      name: 'orchestrator-postgres',
      description: 'State of the operator.',
      type: 'database',
      lifecycle: 'production',
      tags: ['postgresql'],
    },
  ],
  moments: { production, staging },
};
