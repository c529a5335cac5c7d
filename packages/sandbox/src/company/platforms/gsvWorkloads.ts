import type { WorkloadInput } from '../build';
import { statefulSet } from '../build';

export const SYSTEM = 'gsv-platform';
export const REGISTRY = 'registry.gsv.example/gsv';

export const api = (overrides: Partial<WorkloadInput> = {}): WorkloadInput => ({
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

export const portal = (
  overrides: Partial<WorkloadInput> = {},
): WorkloadInput => ({
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

export const worker = (
  overrides: Partial<WorkloadInput> = {},
): WorkloadInput => ({
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

export const keycloak = (
  overrides: Partial<WorkloadInput> = {},
): WorkloadInput => ({
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

export const registry = (
  overrides: Partial<WorkloadInput> = {},
): WorkloadInput => ({
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

export const postgres = (overrides: Partial<WorkloadInput> = {}) =>
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
export const qdrant = (): WorkloadInput => ({
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
