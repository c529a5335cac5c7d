import type { KubernetesObject } from '../../cluster/types';
import type { Fields } from '../fields';
import { isTerminal } from '../pods';
import { podRequests, quantity } from '../quantities';
import { meets } from '../selectors';

/** A node with what is taken of it. */
export interface NodeRoom {
  node: KubernetesObject;
  free: { cpu: number; memory: number; pods: number };
}

export function roomOf(
  node: KubernetesObject,
  pods: readonly KubernetesObject[],
): NodeRoom {
  const allocatable = node.status?.allocatable ?? {};
  const free = {
    cpu: quantity(allocatable.cpu),
    memory: quantity(allocatable.memory),
    pods: quantity(allocatable.pods),
  };
  for (const pod of pods) {
    if (isTerminal(pod)) continue;
    const { cpu, memory } = podRequests(pod.spec ?? {});
    free.cpu -= cpu;
    free.memory -= memory;
    free.pods -= 1;
  }
  return { node, free };
}

interface Taint {
  key: string;
  value?: string;
  effect: string;
}

function tolerates(pod: KubernetesObject, taint: Taint): boolean {
  return (pod.spec?.tolerations ?? []).some((toleration: Fields) => {
    if (toleration.effect && toleration.effect !== taint.effect) return false;
    if (!toleration.key) return toleration.operator === 'Exists';
    if (toleration.key !== taint.key) return false;
    return (
      toleration.operator === 'Exists' ||
      (toleration.value ?? '') === (taint.value ?? '')
    );
  });
}

interface Requirement {
  key: string;
  operator: string;
  values?: string[];
}

/** Node selector and required node affinity. */
export function matchesAffinity(
  pod: KubernetesObject,
  node: KubernetesObject,
): boolean {
  const labels = node.metadata.labels ?? {};
  for (const [key, value] of Object.entries(pod.spec?.nodeSelector ?? {})) {
    if (labels[key] !== value) return false;
  }
  const terms =
    pod.spec?.affinity?.nodeAffinity
      ?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (!terms) return true;
  return terms.some(
    (term: { matchExpressions?: Requirement[]; matchFields?: Requirement[] }) =>
      (term.matchExpressions ?? []).every(requirement =>
        meets(labels[requirement.key], requirement),
      ) &&
      (term.matchFields ?? []).every(requirement =>
        meets(node.metadata.name, requirement),
      ),
  );
}

const UNSCHEDULABLE: Taint = {
  key: 'node.kubernetes.io/unschedulable',
  effect: 'NoSchedule',
};

/** Why a pod cannot go to a node, in the words of the scheduler's plugins; nothing when it can. */
export function refusals(pod: KubernetesObject, room: NodeRoom): string[] {
  const { node, free } = room;
  if (node.spec?.unschedulable && !tolerates(pod, UNSCHEDULABLE)) {
    return ['node(s) were unschedulable'];
  }
  const taints: Taint[] = node.spec?.taints ?? [];
  const repelled = taints.find(
    taint =>
      taint.effect !== 'PreferNoSchedule' &&
      taint.key !== UNSCHEDULABLE.key &&
      !tolerates(pod, taint),
  );
  if (repelled) {
    return [
      `node(s) had untolerated taint {${repelled.key}: ${
        repelled.value ?? ''
      }}`,
    ];
  }
  if (!matchesAffinity(pod, node)) {
    return ["node(s) didn't match Pod's node affinity/selector"];
  }
  const wanted = podRequests(pod.spec ?? {});
  const short: string[] = [];
  if (free.pods < 1) short.push('Too many pods');
  if (wanted.cpu > free.cpu + 1e-9) short.push('Insufficient cpu');
  if (wanted.memory > free.memory) short.push('Insufficient memory');
  return short;
}

function counted(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ');
}

/** Why one node does not take a pod; `isLasting` when no pod that went would change that. */
export interface Refusal {
  reasons: string[];
  isLasting: boolean;
}

/** Nothing when the node takes the pod. */
export function refusalOf(
  pod: KubernetesObject,
  room: NodeRoom,
): Refusal | undefined {
  const reasons = refusals(pod, room);
  if (!reasons.length) return undefined;
  const { cpu, memory } = podRequests(pod.spec ?? {});
  const empty = roomOf(room.node, []).free;
  return {
    reasons,
    isLasting:
      reasons.some(reason => reason.startsWith('node(s)')) ||
      cpu > empty.cpu ||
      memory > empty.memory,
  };
}

/** The message of `FailedScheduling`, as `FitError.Error()` of the scheduler puts it. */
export function fitError(refused: readonly Refusal[]): string {
  const total = refused.length;
  if (!total) return 'no nodes available to schedule pods';
  const lasting = refused.filter(({ isLasting }) => isLasting).length;
  const preemption: string[] = [];
  if (lasting) {
    preemption.push(`${lasting} Preemption is not helpful for scheduling`);
  }
  if (total > lasting) {
    preemption.push(
      `${total - lasting} No preemption victims found for incoming pod`,
    );
  }
  return `0/${total} nodes are available: ${counted(
    refused.flatMap(({ reasons }) => reasons),
  )}. preemption: 0/${total} nodes are available: ${preemption
    .sort()
    .join(', ')}.`;
}
