import { groupOf } from '../cluster/keys';
import { isRecord } from '../cluster/json';
import type { KubernetesObject } from '../cluster/types';

type Members = Record<string, unknown>;

function fill(target: Members, values: Members): void {
  for (const [name, value] of Object.entries(values)) {
    if (target[name] === undefined) target[name] = value;
  }
}

function records(value: unknown): Members[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function child(target: Members, name: string): Members {
  const value = target[name];
  if (isRecord(value)) return value;
  const fresh: Members = {};
  target[name] = fresh;
  return fresh;
}

function fillContainer(container: Members): void {
  const image = String(container.image ?? '');
  const latest = /:latest$/.test(image) || !/[:@][^/]*$/.test(image);
  fill(container, {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: latest ? 'Always' : 'IfNotPresent',
  });
  for (const port of records(container.ports)) fill(port, { protocol: 'TCP' });
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = container[name];
    if (!isRecord(probe)) continue;
    fill(probe, {
      timeoutSeconds: 1,
      periodSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
    });
  }
}

function fillPodSpec(spec: Members, restartPolicy = 'Always'): void {
  for (const list of ['containers', 'initContainers']) {
    for (const container of records(spec[list])) fillContainer(container);
  }
  fill(spec, {
    restartPolicy,
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  });
}

function fillTemplate(spec: Members, restartPolicy?: string): void {
  fillPodSpec(child(child(spec, 'template'), 'spec'), restartPolicy);
}

function fillDeployment(spec: Members): void {
  fillTemplate(spec);
  fill(spec, {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    strategy: {},
  });
  const strategy = child(spec, 'strategy');
  fill(strategy, { type: 'RollingUpdate' });
  if (strategy.type !== 'RollingUpdate') return;
  fill(child(strategy, 'rollingUpdate'), {
    maxUnavailable: '25%',
    maxSurge: '25%',
  });
}

function fillStatefulSet(spec: Members): void {
  fillTemplate(spec);
  fill(spec, {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: {
      whenDeleted: 'Retain',
      whenScaled: 'Retain',
    },
  });
  const strategy = child(spec, 'updateStrategy');
  fill(strategy, { type: 'RollingUpdate' });
  if (strategy.type === 'RollingUpdate') {
    fill(child(strategy, 'rollingUpdate'), { partition: 0 });
  }
}

function fillDaemonSet(spec: Members): void {
  fillTemplate(spec);
  fill(spec, { revisionHistoryLimit: 10 });
  const strategy = child(spec, 'updateStrategy');
  fill(strategy, { type: 'RollingUpdate' });
  if (strategy.type === 'RollingUpdate') {
    fill(child(strategy, 'rollingUpdate'), { maxUnavailable: 1, maxSurge: 0 });
  }
}

function fillJob(spec: Members): void {
  fillTemplate(spec, 'Never');
  fill(spec, {
    parallelism: 1,
    completions: 1,
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: 'TerminatingOrFailed',
  });
}

function fillCronJob(spec: Members): void {
  fill(spec, {
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  });
  fillTemplate(child(child(spec, 'jobTemplate'), 'spec'));
}

function fillService(spec: Members): void {
  fill(spec, { type: 'ClusterIP', sessionAffinity: 'None' });
  for (const port of records(spec.ports)) {
    fill(port, { protocol: 'TCP', targetPort: port.port });
  }
}

const FILLERS: Record<string, (spec: Members) => void> = {
  '/Pod': spec => fillPodSpec(spec),
  '/Service': fillService,
  '/PersistentVolumeClaim': spec => fill(spec, { volumeMode: 'Filesystem' }),
  '/Namespace': spec => fill(spec, { finalizers: ['kubernetes'] }),
  'apps/Deployment': fillDeployment,
  'apps/ReplicaSet': spec => {
    fillTemplate(spec);
    fill(spec, { replicas: 1 });
  },
  'apps/StatefulSet': fillStatefulSet,
  'apps/DaemonSet': fillDaemonSet,
  'batch/Job': fillJob,
  'batch/CronJob': fillCronJob,
  'autoscaling/HorizontalPodAutoscaler': spec => fill(spec, { minReplicas: 1 }),
};

// What a status is before any controller has seen the object.
const FIRST_STATUS: Record<string, Members> = {
  '/Pod': { phase: 'Pending' },
  '/Namespace': { phase: 'Active' },
  '/PersistentVolumeClaim': { phase: 'Pending' },
};

/** Sets what the API server sets when a person leaves it out. Changes `object`. */
export function applyDefaults(object: KubernetesObject): void {
  const kind = `${groupOf(object.apiVersion)}/${object.kind}`;
  const filler = FILLERS[kind];
  if (!filler) return;
  object.spec = object.spec ?? {};
  filler(object.spec);
}

/** The status that a new object of a built-in kind has. */
export function firstStatus(object: KubernetesObject): Members | undefined {
  const kind = `${groupOf(object.apiVersion)}/${object.kind}`;
  const status = FIRST_STATUS[kind];
  if (status) return { ...status };
  return kind.startsWith('apps/') ? {} : undefined;
}
