import { builtInResources } from '../cluster/builtInResources';
import type { ClusterStore } from '../cluster/clusterStore';
import type { ManualClock } from '../cluster/manualClock';
import { createManualClock } from '../cluster/manualClock';
import { createObjectStore } from '../cluster/objectStore';
import type { KubernetesObject } from '../cluster/types';
import type { Actors } from './createActors';
import { createActors } from './createActors';
import { timestamp } from './time';

/** A small cluster on a clock that a test moves. */
export interface TestCluster {
  clock: ManualClock;
  store: ClusterStore;
  actors: Actors;
  /** Moves time by seconds. */
  pass(seconds: number): void;
  deployment(name: string): KubernetesObject;
  /** Pods by name prefix, in order of name. */
  pods(prefix: string): KubernetesObject[];
  events(reason: string): KubernetesObject[];
  close(): void;
}

export const NAMESPACE = 'shop';
export const START = Date.parse('2026-03-02T10:00:30Z');

function node(name: string, unschedulable = false): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    spec: unschedulable ? { unschedulable } : {},
    status: {
      allocatable: { cpu: '2', memory: '4Gi', pods: '20' },
      capacity: { cpu: '2', memory: '4Gi', pods: '20' },
      addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
      conditions: [
        { type: 'Ready', status: 'True', lastHeartbeatTime: timestamp(START) },
      ],
    },
  };
}

/** Three nodes of 2 cores and 4Gi, a storage class, and every controller at work. */
export function createTestCluster(seed: string | number = 1): TestCluster {
  const clock = createManualClock({ now: START });
  const store = createObjectStore({ clock, seed, resources: builtInResources });
  const actors = createActors({ store, clock, seed });
  for (const name of ['node-a', 'node-b', 'node-c']) store.create(node(name));
  store.create({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'standard' },
    provisioner: 'disk.example',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
  actors.start();
  const deployment = (name: string) => {
    const key = { group: 'apps', kind: 'Deployment', name };
    const found = store.get({ ...key, namespace: NAMESPACE });
    if (!found) throw new Error(`no deployment ${name}`);
    return found;
  };
  return {
    clock,
    store,
    actors,
    pass: seconds => clock.advance(seconds * 1000),
    deployment,
    pods: prefix =>
      store
        .list('', 'Pod', NAMESPACE)
        .filter(({ metadata }) => metadata.name.startsWith(prefix)),
    events: reason =>
      store.list('', 'Event').filter(event => event.reason === reason),
    close() {
      actors.stop();
      const left = clock.pending();
      if (left) throw new Error(`${left} timers are left`);
    },
  };
}

/** A pod template with one container that asks for 100m and 128Mi. */
export function template(
  app: string,
  options: {
    image?: string;
    memory?: string;
    pod?: Record<string, unknown>;
    probe?: boolean;
  } = {},
) {
  return {
    metadata: { labels: { app } },
    spec: {
      containers: [
        {
          name: 'main',
          image: options.image ?? 'registry.example/app:1',
          resources: {
            requests: { cpu: '100m', memory: options.memory ?? '128Mi' },
          },
          ...(options.probe
            ? { readinessProbe: { httpGet: { path: '/', port: 80 } } }
            : {}),
        },
      ],
      ...options.pod,
    },
  };
}

/** A workload of `NAMESPACE` with pods of `template(name)`. */
export function workload(
  apiVersion: string,
  kind: string,
  name: string,
  spec: Record<string, unknown>,
): KubernetesObject {
  return {
    apiVersion,
    kind,
    metadata: { name, namespace: NAMESPACE },
    spec: {
      selector: { matchLabels: { app: name } },
      template: template(name),
      ...spec,
    },
  };
}
