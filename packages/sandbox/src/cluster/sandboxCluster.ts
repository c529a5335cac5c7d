import type { FaultSwitches } from '../faults/faults';
import { createFaultSwitches } from '../faults/faults';
import type { ClusterUser } from './access';
import { builtInResources } from './builtInResources';
import type { ClusterStore } from './clusterStore';
import { serveCustomResources } from './customResources';
import { createObjectStore } from './objectStore';
import type { RequestLog } from './requestLog';
import { createRequestLog } from './requestLog';
import type { ResourceRegistry } from './resourceRegistry';
import { createResourceRegistry } from './resourceRegistry';
import type { Clock, KubernetesObject } from './types';

/**
 * What a container wrote, oldest line first; undefined when there is no such container run. A line may begin with an
 * RFC 3339 time and a space, as the kubelet keeps lines: then `timestamps` and `sinceSeconds` have something to go by.
 */
export type LogSource = (
  pod: KubernetesObject,
  options: { container: string; previous: boolean },
) => string[] | undefined;

export interface SandboxClusterOptions {
  name: string;
  clock: Clock;
  /** Together with the name decides uids and generated names. */
  seed: string | number;
  users: readonly ClusterUser[];
  /** What `/version` says, such as `1.36.3`. */
  version?: string;
  /** How many changes of each kind a watch may go back; 1,000 by default. */
  history?: number;
  logs?: LogSource;
  /** Whether the namespaces that every cluster starts with exist from the beginning; they do not by default. */
  systemNamespaces?: boolean;
}

/** One cluster: its objects, what it serves, who may come, and what is wrong with it. */
export interface SandboxCluster {
  readonly name: string;
  readonly version: string;
  readonly clock: Clock;
  readonly store: ClusterStore;
  readonly resources: ResourceRegistry;
  readonly users: readonly ClusterUser[];
  readonly faults: FaultSwitches;
  readonly requests: RequestLog;
  readonly logs: LogSource;
  /** Replaces the source of logs; actors are made after the cluster. */
  useLogs(source: LogSource): void;
  /** Stops serving custom resources; the store stays readable. */
  close(): void;
}

const SYSTEM_NAMESPACES = [
  'kube-system',
  'default',
  'kube-node-lease',
  'kube-public',
];

export function createSandboxCluster(
  options: SandboxClusterOptions,
): SandboxCluster {
  const { name, clock, seed, users, version = '1.36.3' } = options;
  const resources = createResourceRegistry(builtInResources);
  const store = createObjectStore({
    clock,
    seed: `${seed}/${name}`,
    resources,
    history: options.history,
  });
  let logs: LogSource = options.logs ?? (() => undefined);
  const close = serveCustomResources({ store, resources, clock });
  for (const namespace of options.systemNamespaces ? SYSTEM_NAMESPACES : []) {
    store.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        labels: { 'kubernetes.io/metadata.name': namespace },
      },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
  }
  return {
    name,
    version,
    clock,
    store,
    resources,
    users,
    faults: createFaultSwitches(),
    requests: createRequestLog(),
    logs: (pod, request) => logs(pod, request),
    useLogs(source) {
      logs = source;
    },
    close,
  };
}
