import { companyEntities } from 'sandbox';
import { stringify } from 'yaml';

const NAMESPACE = 'acceptance';

interface Workload {
  name: string;
  /** What becomes of its pods, in the lab's words. */
  outcome?: string;
  spec?: object;
  resources?: object;
}

const deployments: readonly Workload[] = [
  { name: 'ready', spec: { replicas: 2 } },
  { name: 'crashloop', outcome: 'crashloop' },
  { name: 'oom', outcome: 'oom' },
  { name: 'imagepull', outcome: 'imagepull' },
  { name: 'unready', outcome: 'unready' },
  { name: 'unschedulable', resources: { requests: { cpu: '64' } } },
];

const metadata = (name: string) => ({
  name,
  namespace: NAMESPACE,
  labels: { 'backstage.io/kubernetes-id': name },
});

const container = (resources: object = {}) => ({
  name: 'app',
  image: 'registry.example/app:1',
  args: ['--token=hunter2-argument-S3cr3t'],
  env: [{ name: 'DB_PASSWORD', value: 'hunter2-environment-S3cr3t' }],
  resources,
});

const annotations = (outcome?: string) =>
  outcome
    ? {
        'lab.day2ops.io/outcome': outcome,
        'lab.day2ops.io/back-off': '2s',
      }
    : {};

function deployment({ name, outcome, spec, resources }: Workload) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(name),
    spec: {
      progressDeadlineSeconds: 10,
      ...spec,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name }, annotations: annotations(outcome) },
        spec: { containers: [container(resources)] },
      },
    },
  };
}

const jobTemplate = (outcome?: string) => ({
  metadata: { annotations: annotations(outcome) },
  spec: { restartPolicy: 'Never', containers: [container()] },
});

const others = [
  {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadata('failed-job'),
    spec: { backoffLimit: 0, template: jobTemplate('fail') },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadata('every-minute'),
    spec: {
      schedule: '* * * * *',
      jobTemplate: { spec: { template: jobTemplate() } },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadata('pending-claim'),
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'nobody-has-it',
      resources: { requests: { storage: '1Gi' } },
    },
  },
];

/** Applied client-side, so that every spec is also in an annotation. */
export const labManifests = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadata('db'),
    stringData: { password: 'hunter2-object-S3cr3t' },
  },
  ...deployments.map(deployment),
  ...others,
]
  .map(object => stringify(object))
  .join('---\n');

const names = [
  ...deployments.map(({ name }) => name),
  ...others.map(object => object.metadata.name),
];

/** The people of the demo, and a Component for each workload. */
export const labEntities = [
  ...companyEntities().filter(({ kind }) => ['User', 'Group'].includes(kind)),
  ...names.map(name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: { 'backstage.io/kubernetes-id': name },
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: 'group:default/platform-team',
    },
  })),
]
  .map(entity => stringify(entity))
  .join('---\n');
