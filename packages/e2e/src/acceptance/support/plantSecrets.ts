import { KubernetesObject, Sandbox } from 'sandbox';
import { check } from './checks';

/** Part of every planted secret, as text and as Secrets keep it. */
export const planted = /hunter2|aHVudGVyMi|YUhWdWRHVnlN/i;

const secret = (where: string) => `hunter2-${where}-S3cr3t`;
const encode = (text: string) => Buffer.from(text).toString('base64');

const NAMESPACE = 'gsv-prod';

const metadata = (name: string, rest = {}) => ({
  namespace: NAMESPACE,
  name,
  labels: { 'backstage.io/kubernetes-id': 'gsv-api' },
  ...rest,
});

function secretObject(name: string, type: string, data: object) {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadata(name),
    type,
    data,
  };
}

function leakyDeployment(): KubernetesObject {
  const spec = {
    replicas: 1,
    selector: { matchLabels: { app: 'leaky' } },
    template: {
      metadata: {
        labels: { app: 'leaky' },
        annotations: { 'example.org/dsn': secret('pod-annotation') },
      },
      spec: {
        containers: [
          {
            name: 'leaky',
            image: 'registry.example.org/leaky:1',
            command: ['serve', `--password=${secret('command')}`],
            args: ['--token', secret('argument')],
            env: [{ name: 'DB_PASSWORD', value: secret('environment') }],
            // The quota of the namespace asks for both.
            resources: {
              requests: { cpu: '10m', memory: '16Mi' },
              limits: { cpu: '20m', memory: '32Mi' },
            },
          },
        ],
      },
    },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata('leaky', {
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
          spec,
          note: secret('last-applied'),
        }),
      },
    }),
    spec,
  };
}

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: metadata('leaky-pod'),
  spec: {
    nodeName: 'gone',
    restartPolicy: 'Never',
    containers: [{ name: 'one', image: 'registry.example.org/leaky:1' }],
  },
  status: {
    phase: 'Failed',
    reason: 'Error',
    message: `cannot reach https://admin:${secret('url')}@db.example.org/x`,
    containerStatuses: [
      {
        name: 'one',
        image: 'registry.example.org/leaky:1',
        imageID: '',
        ready: false,
        restartCount: 0,
        state: {
          terminated: {
            exitCode: 1,
            reason: 'Error',
            message: `Authorization: Bearer ${secret('bearer')}`,
            startedAt: '2026-01-01T00:00:00Z',
            finishedAt: '2026-01-01T00:00:05Z',
          },
        },
      },
    ],
  },
};

const job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: metadata('leaky-migration'),
  spec: { template: { spec: pod.spec } },
  status: {
    failed: 1,
    conditions: [
      {
        type: 'Failed',
        status: 'True',
        reason: 'BackoffLimitExceeded',
        message: `password=${secret('condition')} was refused`,
        lastTransitionTime: '2026-01-01T00:00:05Z',
      },
    ],
  },
};

function createWithStatus(
  { store }: Sandbox['clusters']['production'],
  object: KubernetesObject,
) {
  const { status, ...rest } = object;
  store.create(rest as KubernetesObject);
  const [group] = object.apiVersion.includes('/')
    ? object.apiVersion.split('/')
    : [''];
  const { namespace, name } = object.metadata;
  store.modify(
    { group, kind: object.kind, namespace, name },
    created => {
      created.status = status;
    },
    { status: true },
  );
}

/** Puts secrets wherever people and programs leave them in a cluster. */
export function plantSecrets({ clusters, company }: Sandbox): void {
  const { production } = clusters;
  const { behaviours } = company.clusters.production.actors;
  const { store } = production;
  store.create(
    secretObject('db', 'Opaque', { password: encode(secret('object')) }),
  );
  store.create(
    secretObject('sh.helm.release.v1.gsv-api.v1', 'helm.sh/release.v1', {
      release: encode(encode(JSON.stringify({ password: secret('helm') }))),
    }),
  );
  behaviours.set(`${NAMESPACE}/leaky`, {
    as: 'crashLoop',
    log: [
      `connecting to postgres://admin:${secret('log')}@db:5432/main`,
      `token=${secret('log-token')}`,
    ],
  });
  store.create(leakyDeployment());
  createWithStatus(production, job);
  createWithStatus(production, pod);
  store.create(
    check('leaky', { phase: 'Failed', message: `api_key: ${secret('check')}` }),
  );
  // Not an object, as no schema demands it to be one.
  store.create({
    ...check('odd', { phase: 'Failed' }),
    status: JSON.parse(`"password=${secret('odd')}"`),
  });
  for (const [kind, name] of [
    ['Job', 'leaky-migration'],
    ['Deployment', 'leaky'],
  ]) {
    store.create({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { namespace: NAMESPACE, name: `${name}.1` },
      involvedObject: { kind, namespace: NAMESPACE, name },
      type: 'Warning',
      reason: 'Failed',
      message: `--client-secret=${secret('event')} is wrong`,
      firstTimestamp: '2026-01-01T00:00:05Z',
      lastTimestamp: '2026-01-01T00:00:05Z',
      count: 1,
    } as KubernetesObject);
  }
}
