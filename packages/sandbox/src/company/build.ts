import type { KubernetesObject } from '../cluster/types';

export const minutes = (count: number) => count * 60_000;
export const hours = (count: number) => count * 3_600_000;
export const days = (count: number) => count * 86_400_000;

/** What a workload of the company is described by. */
export interface WorkloadInput {
  name: string;
  namespace: string;
  /** Catalog entity, for `backstage.io/kubernetes-id`. */
  service?: string;
  /** `app.kubernetes.io/part-of` */
  system: string;
  /** `app.kubernetes.io/component` */
  component?: string;
  image: string;
  replicas?: number;
  container?: string;
  port?: number;
  /** Path of the readiness probe; without one a container is ready as soon as it runs. */
  ready?: string;
  cpu: string;
  memory: string;
  cpuLimit?: string;
  memoryLimit?: string;
  args?: string[];
  env?: Record<string, string>;
  initContainers?: Record<string, unknown>[];
  sidecars?: Record<string, unknown>[];
  /** Claims mounted, by claim name. */
  claims?: Record<string, string>;
  /** Further fields of the pod spec and of the workload spec. */
  pod?: Record<string, unknown>;
  spec?: Record<string, unknown>;
}

export function labelsOf(input: WorkloadInput): Record<string, string> {
  return {
    app: input.name,
    'app.kubernetes.io/name': input.name,
    'app.kubernetes.io/part-of': input.system,
    ...(input.component
      ? { 'app.kubernetes.io/component': input.component }
      : {}),
    ...(input.service ? { 'backstage.io/kubernetes-id': input.service } : {}),
  };
}

function containerOf(input: WorkloadInput): Record<string, unknown> {
  const { port, ready } = input;
  const mounts = Object.entries(input.claims ?? {}).map(
    ([claim, mountPath]) => ({ name: claim, mountPath }),
  );
  return {
    name: input.container ?? input.name.split('-').slice(-1)[0],
    image: input.image,
    imagePullPolicy: 'IfNotPresent',
    ...(input.args ? { args: input.args } : {}),
    ...(input.env
      ? {
          env: Object.entries(input.env).map(([name, value]) => ({
            name,
            value,
          })),
        }
      : {}),
    ...(port
      ? { ports: [{ name: 'http', containerPort: port, protocol: 'TCP' }] }
      : {}),
    resources: {
      requests: { cpu: input.cpu, memory: input.memory },
      limits: {
        ...(input.cpuLimit ? { cpu: input.cpuLimit } : {}),
        memory: input.memoryLimit ?? input.memory,
      },
    },
    ...(ready && port
      ? {
          readinessProbe: {
            httpGet: { path: ready, port, scheme: 'HTTP' },
            initialDelaySeconds: 2,
            periodSeconds: 5,
            timeoutSeconds: 1,
            successThreshold: 1,
            failureThreshold: 3,
          },
        }
      : {}),
    ...(mounts.length ? { volumeMounts: mounts } : {}),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  };
}

/** The pod template of a workload, with the defaults that an API server writes. */
export function templateOf(
  input: WorkloadInput,
  restartPolicy: 'Always' | 'OnFailure' | 'Never' = 'Always',
) {
  const claims = Object.keys(input.claims ?? {});
  return {
    metadata: { labels: labelsOf(input) },
    spec: {
      ...(input.initContainers ? { initContainers: input.initContainers } : {}),
      containers: [containerOf(input), ...(input.sidecars ?? [])],
      ...(claims.length
        ? {
            volumes: claims.map(name => ({
              name,
              persistentVolumeClaim: { claimName: name },
            })),
          }
        : {}),
      restartPolicy,
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      schedulerName: 'default-scheduler',
      securityContext: {},
      ...input.pod,
    },
  };
}

function head(
  input: { name: string; namespace: string },
  labels: Record<string, string>,
) {
  return { name: input.name, namespace: input.namespace, labels };
}

export function deployment(input: WorkloadInput): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: head(input, labelsOf(input)),
    spec: {
      replicas: input.replicas ?? 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      selector: { matchLabels: { app: input.name } },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
      },
      template: templateOf(input),
      ...input.spec,
    },
  };
}

export function statefulSet(
  input: WorkloadInput & {
    volume?: { name: string; path: string; size: string; class?: string };
  },
): KubernetesObject {
  const { volume } = input;
  const template = templateOf(input);
  if (volume) {
    const [first] = template.spec.containers;
    first.volumeMounts = [{ name: volume.name, mountPath: volume.path }];
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: head(input, labelsOf(input)),
    spec: {
      replicas: input.replicas ?? 1,
      revisionHistoryLimit: 10,
      podManagementPolicy: 'OrderedReady',
      serviceName: input.name,
      selector: { matchLabels: { app: input.name } },
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { partition: 0 },
      },
      persistentVolumeClaimRetentionPolicy: {
        whenDeleted: 'Retain',
        whenScaled: 'Retain',
      },
      template,
      ...(volume
        ? {
            volumeClaimTemplates: [
              {
                apiVersion: 'v1',
                kind: 'PersistentVolumeClaim',
                metadata: { name: volume.name, labels: labelsOf(input) },
                spec: {
                  accessModes: ['ReadWriteOnce'],
                  storageClassName: volume.class ?? 'gp3',
                  volumeMode: 'Filesystem',
                  resources: { requests: { storage: volume.size } },
                },
              },
            ],
          }
        : {}),
      ...input.spec,
    },
  };
}

export function daemonSet(input: WorkloadInput): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: head(input, labelsOf(input)),
    spec: {
      revisionHistoryLimit: 10,
      selector: { matchLabels: { app: input.name } },
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
      },
      template: templateOf(input),
      ...input.spec,
    },
  };
}

/** `template` of Jobs: pods end on their own. */
export function jobSpec(input: WorkloadInput): Record<string, unknown> {
  return {
    backoffLimit: 3,
    completions: 1,
    parallelism: 1,
    completionMode: 'NonIndexed',
    suspend: false,
    template: templateOf(input, 'Never'),
    ...input.spec,
  };
}

export function job(input: WorkloadInput): KubernetesObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: head(input, labelsOf(input)),
    spec: jobSpec(input),
  };
}

export function cronJob(
  input: WorkloadInput & {
    schedule: string;
    timeZone?: string;
    cron?: Record<string, unknown>;
  },
): KubernetesObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: head(input, labelsOf(input)),
    spec: {
      schedule: input.schedule,
      ...(input.timeZone ? { timeZone: input.timeZone } : {}),
      concurrencyPolicy: 'Forbid',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
      jobTemplate: {
        metadata: { labels: labelsOf(input) },
        spec: jobSpec(input),
      },
      ...input.cron,
    },
  };
}
