import type { KubernetesObject } from '../cluster/types';
import type { WorkloadInput } from './build';
import { labelsOf } from './build';
import type { Moment } from './types';

/** Which workload an autoscaler, budget or volume belongs to. */
export type Belongs = Pick<
  WorkloadInput,
  'name' | 'namespace' | 'service' | 'system' | 'component'
>;

const labels = (input: Belongs) =>
  labelsOf({ ...input, image: '', cpu: '', memory: '' });

export function namespace(
  name: string,
  extra: Record<string, string> = {},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { 'kubernetes.io/metadata.name': name, ...extra },
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

export function autoscaler(
  input: Belongs & {
    min: number;
    max: number;
    cpuPercent: number;
    target?: string;
  },
): KubernetesObject {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: {
      name: input.name,
      namespace: input.namespace,
      labels: labels(input),
    },
    spec: {
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: input.target ?? input.name,
      },
      minReplicas: input.min,
      maxReplicas: input.max,
      metrics: [
        {
          type: 'Resource',
          resource: {
            name: 'cpu',
            target: {
              type: 'Utilization',
              averageUtilization: input.cpuPercent,
            },
          },
        },
      ],
    },
  };
}

export function disruptionBudget(
  input: Belongs & { spec: Record<string, unknown> },
): KubernetesObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: {
      name: input.name,
      namespace: input.namespace,
      labels: labels(input),
    },
    spec: { selector: { matchLabels: { app: input.name } }, ...input.spec },
  };
}

export function volumeClaim(
  input: Belongs & {
    claim: string;
    size: string;
    class?: string;
    modes?: string[];
  },
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: input.claim,
      namespace: input.namespace,
      labels: labels(input),
    },
    spec: {
      accessModes: input.modes ?? ['ReadWriteOnce'],
      storageClassName: input.class ?? 'gp3',
      volumeMode: 'Filesystem',
      resources: { requests: { storage: input.size } },
    },
  };
}

export function quota(
  name: string,
  inNamespace: string,
  hard: Record<string, string>,
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name, namespace: inNamespace },
    spec: { hard },
  };
}

export function service(input: Belongs & { port: number }): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: input.name,
      namespace: input.namespace,
      labels: labels(input),
    },
    spec: {
      type: 'ClusterIP',
      selector: { app: input.name },
      ports: [{ name: 'http', port: 80, targetPort: input.port }],
    },
    status: { loadBalancer: {} },
  };
}

/** The first container of a workload gets another image, as a deploy does. */
export function deployed(
  ago: number,
  target: { kind?: string; namespace: string; name: string },
  image: string,
): Moment {
  return {
    ago,
    key: { group: 'apps', kind: 'Deployment', ...target },
    change: object => {
      object.spec?.template.spec.containers.splice(0, 1, {
        ...object.spec.template.spec.containers[0],
        image,
      });
    },
  };
}
