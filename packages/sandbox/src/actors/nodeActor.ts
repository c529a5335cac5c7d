import type { KubernetesObject } from '../cluster/types';
import { timestamp } from './time';
import type { Actor, ActorContext } from './types';

/** A kubelet renews its lease of 40 s within that time, and repeats its status at least every five minutes. */
const LEASE_MS = 30_000;
const STATUS_MS = 300_000;
const LEASES = 'kube-node-lease';
const LEASE = { group: 'coordination.k8s.io', kind: 'Lease' } as const;

/** Lease times are `metav1.MicroTime`. */
function microTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}000Z`;
}

function renewLease(context: ActorContext, node: KubernetesObject) {
  const { name, uid } = node.metadata;
  const renewTime = microTime(context.clock.now());
  const key = { ...LEASE, namespace: LEASES, name };
  if (context.store.peek(key)) {
    context.store.modify(key, lease => {
      lease.spec = { ...lease.spec, renewTime };
    });
    return;
  }
  context.store.create({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name,
      namespace: LEASES,
      ownerReferences: [
        { apiVersion: 'v1', kind: 'Node', name, uid: uid ?? '' },
      ],
    },
    spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime },
  });
}

function beat(context: ActorContext, node: KubernetesObject) {
  const lastHeartbeatTime = timestamp(context.clock.now());
  context.store.modify(
    { group: '', kind: 'Node', name: node.metadata.name },
    object => {
      object.status = {
        ...object.status,
        conditions: (object.status?.conditions ?? []).map(
          (condition: Record<string, unknown>) => ({
            ...condition,
            lastHeartbeatTime,
          }),
        ),
      };
    },
    { status: true },
  );
}

/** Nodes that are up say so. */
export function createNodeActor(context: ActorContext): Actor {
  const stops: (() => void)[] = [];
  const each = (task: (node: KubernetesObject) => void) => () => {
    for (const node of context.cache.list('Node')) task(node);
  };
  return {
    start() {
      if (stops.length) return;
      stops.push(
        context.every(
          LEASE_MS,
          each(node => renewLease(context, node)),
        ),
        context.every(
          STATUS_MS,
          each(node => beat(context, node)),
        ),
      );
    },
    stop() {
      for (const stop of stops.splice(0)) stop();
    },
  };
}
