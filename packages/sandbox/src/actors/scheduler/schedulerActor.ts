import { equalJson } from '../../cluster/json';
import type { KubernetesObject } from '../../cluster/types';
import { withCondition } from '../conditions';
import { createController } from '../controller';
import { qosClass } from '../kubelet/podStatus';
import { isTerminal } from '../pods';
import { podRequests } from '../quantities';
import { timestamp } from '../time';
import type { Actor, ActorContext } from '../types';
import type { NodeRoom, Refusal } from './fit';
import { fitError, refusalOf, roomOf } from './fit';

/** An unschedulable pod is tried again this often even when nothing frees room. */
const RETRY_MS = 300_000;
const SOURCE = 'default-scheduler';
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';

function isWaiting(pod: KubernetesObject): boolean {
  return !pod.spec?.nodeName && !pod.metadata.deletionTimestamp;
}

/** Claims of a pod and why they keep it from being placed. */
function claimsOf(context: ActorContext, pod: KubernetesObject) {
  const { namespace } = pod.metadata;
  const unbound: KubernetesObject[] = [];
  for (const volume of pod.spec?.volumes ?? []) {
    const name = volume.persistentVolumeClaim?.claimName;
    if (!name) continue;
    const claim = context.cache.get('PersistentVolumeClaim', namespace, name);
    if (!claim) {
      return { problem: `persistentvolumeclaim "${name}" not found` };
    }
    if (claim.status?.phase === 'Bound') continue;
    const storageClass = context.cache.get(
      'StorageClass',
      undefined,
      claim.spec?.storageClassName,
    );
    if (storageClass?.volumeBindingMode !== 'WaitForFirstConsumer') {
      return { problem: 'pod has unbound immediate PersistentVolumeClaims' };
    }
    unbound.push(claim);
  }
  return { unbound };
}

/** The emptiest node, and among equals the one with the fewest pods of the same owner. */
function choose(
  context: ActorContext,
  pod: KubernetesObject,
  rooms: readonly NodeRoom[],
): NodeRoom {
  const owner = pod.metadata.ownerReferences?.[0]?.uid;
  const wanted = podRequests(pod.spec ?? {});
  const score = ({ node, free }: NodeRoom) => {
    const siblings = context.cache
      .podsOn(node.metadata.name)
      .filter(
        other => owner && other.metadata.ownerReferences?.[0]?.uid === owner,
      ).length;
    return (
      (free.cpu - wanted.cpu) / 4 +
      (free.memory - wanted.memory) / 2 ** 33 -
      siblings * 10
    );
  };
  return rooms.reduce((best, room) =>
    score(room) > score(best) ? room : best,
  );
}

function refuse(context: ActorContext, pod: KubernetesObject, message: string) {
  const { namespace, name } = pod.metadata;
  context.store.modify(
    { group: '', kind: 'Pod', namespace, name },
    object => {
      object.status = {
        ...object.status,
        phase: 'Pending',
        qosClass: qosClass(object.spec ?? {}),
        conditions: withCondition(
          object.status?.conditions,
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message,
          },
          context.clock.now(),
        ),
      };
    },
    { status: true },
  );
  context.events.record({
    object: pod,
    type: 'Warning',
    reason: 'FailedScheduling',
    message,
    source: SOURCE,
  });
}

function bind(context: ActorContext, pod: KubernetesObject, node: string) {
  const { namespace, name } = pod.metadata;
  const key = { group: '', kind: 'Pod', namespace, name };
  context.store.modify(
    key,
    object => {
      object.status = {
        ...object.status,
        phase: 'Pending',
        qosClass: qosClass(object.spec ?? {}),
        conditions: [
          {
            type: 'PodScheduled',
            status: 'True',
            lastProbeTime: null,
            lastTransitionTime: timestamp(context.clock.now()),
          },
        ],
      };
    },
    { status: true },
  );
  context.store.modify(key, object => {
    object.spec = { ...object.spec, nodeName: node };
  });
  context.events.record({
    object: pod,
    type: 'Normal',
    reason: 'Scheduled',
    message: `Successfully assigned ${namespace}/${name} to ${node}`,
    source: SOURCE,
  });
}

function place(
  context: ActorContext,
  pod: KubernetesObject,
): number | undefined {
  const { unbound, problem } = claimsOf(context, pod);
  const nodes = context.cache.list('Node');
  if (problem) {
    const message = `0/${nodes.length} nodes are available: ${problem}. preemption: 0/${nodes.length} nodes are available: ${nodes.length} Preemption is not helpful for scheduling.`;
    refuse(context, pod, message);
    return RETRY_MS;
  }
  const fitting: NodeRoom[] = [];
  const refused: Refusal[] = [];
  for (const node of nodes) {
    const room = roomOf(node, context.cache.podsOn(node.metadata.name));
    const why = refusalOf(pod, room);
    if (why) refused.push(why);
    else fitting.push(room);
  }
  if (!fitting.length) {
    refuse(context, pod, fitError(refused));
    return RETRY_MS;
  }
  const node = choose(context, pod, fitting).node.metadata.name;
  if (unbound?.length) {
    for (const claim of unbound) {
      const { namespace, name } = claim.metadata;
      context.store.modify(
        { group: '', kind: 'PersistentVolumeClaim', namespace, name },
        object => {
          object.metadata.annotations = {
            ...object.metadata.annotations,
            [SELECTED_NODE]: node,
          };
        },
      );
    }
    return RETRY_MS;
  }
  bind(context, pod, node);
  return undefined;
}

/** What may give a waiting pod its place: room on a node, a changed node, a bound claim. */
function frees(
  kind: string,
  current?: KubernetesObject,
  previous?: KubernetesObject,
): boolean {
  if (kind === 'Pod') {
    if (!previous?.spec?.nodeName || isTerminal(previous)) return false;
    return !current || isTerminal(current);
  }
  if (kind === 'PersistentVolumeClaim') {
    return (
      current?.status?.phase === 'Bound' && previous?.status?.phase !== 'Bound'
    );
  }
  if (kind !== 'Node') return false;
  return (
    !equalJson(current?.spec, previous?.spec) ||
    !equalJson(current?.status?.allocatable, previous?.status?.allocatable) ||
    !equalJson(current?.metadata.labels, previous?.metadata.labels)
  );
}

/** Binds pods to nodes by their requests, taints, selectors and claims; says why when none fits. */
export function createSchedulerActor(context: ActorContext): Actor {
  const controller = createController(context, {
    name: SOURCE,
    kind: 'Pod',
    // The scheduler's own refusal is no reason to try again at once.
    isWork: (current, previous) => isWaiting(current) && !previous,
    reconcile: pod => (isWaiting(pod) ? place(context, pod) : undefined),
  });
  let unsubscribe: (() => void) | undefined;
  return {
    start() {
      controller.start();
      unsubscribe ??= context.cache.subscribe(({ kind, current, previous }) => {
        if (!frees(kind, current, previous)) return;
        for (const pod of context.cache.list('Pod')) {
          if (isWaiting(pod)) controller.enqueue(pod);
        }
      });
    },
    stop() {
      unsubscribe?.();
      unsubscribe = undefined;
      controller.stop();
    },
  };
}
