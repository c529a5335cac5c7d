import type { KubernetesObject } from '../cluster/types';
import { findCondition, isTrue } from './conditions';
import { millis } from './time';
import type { ActorContext, PodTemplate } from './types';

export function isTerminal(pod: KubernetesObject): boolean {
  const phase = pod.status?.phase;
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Counts for its controller: neither finished nor on its way out. */
export function isActive(pod: KubernetesObject): boolean {
  return !isTerminal(pod) && !pod.metadata.deletionTimestamp;
}

export function isReady(pod: KubernetesObject): boolean {
  return isTrue(pod.status?.conditions, 'Ready');
}

/** Ready for at least `minReadySeconds`. */
export function isAvailable(
  pod: KubernetesObject,
  minReadySeconds: number,
  now: number,
): boolean {
  const ready = findCondition(pod.status?.conditions, 'Ready');
  if (ready?.status !== 'True') return false;
  if (!minReadySeconds) return true;
  return millis(ready.lastTransitionTime) + minReadySeconds * 1000 <= now;
}

/** FNV-1a over the template, written in the alphabet of Kubernetes names, as `pod-template-hash` is. */
export function templateHash(template: unknown): string {
  const text = JSON.stringify(template);
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  let encoded = '';
  for (const digit of String(hash >>> 0)) {
    encoded += alphabet[digit.charCodeAt(0) % alphabet.length];
  }
  return encoded;
}

/** Which pod a controller gives up first: unscheduled, then not ready, then the youngest. */
export function byDispensability(a: KubernetesObject, b: KubernetesObject) {
  const rank = (pod: KubernetesObject) => [
    pod.spec?.nodeName ? 1 : 0,
    pod.status?.phase === 'Running' ? 1 : 0,
    isReady(pod) ? 1 : 0,
    -millis(pod.metadata.creationTimestamp),
  ];
  const left = rank(a);
  const right = rank(b);
  for (let index = 0; index < left.length; index++) {
    if (left[index] !== right[index]) return left[index] - right[index];
  }
  return a.metadata.name.localeCompare(b.metadata.name);
}

export function controllerReference(owner: KubernetesObject) {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** What a new pod differs in from its template. */
export interface PodDetails {
  name: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  spec?: Record<string, unknown>;
}

/** Creates a pod of a template for its controller and says so in an event; a refusal is thrown as the store throws it. */
export function createPod(
  context: ActorContext,
  options: {
    owner: KubernetesObject;
    template: PodTemplate;
    source: string;
    pod: PodDetails;
  },
): KubernetesObject {
  const { owner, template, pod } = options;
  const created = context.store.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: pod.name,
      namespace: owner.metadata.namespace,
      labels: { ...template.metadata?.labels, ...pod.labels },
      ...(template.metadata?.annotations || pod.annotations
        ? {
            annotations: {
              ...template.metadata?.annotations,
              ...pod.annotations,
            },
          }
        : {}),
      ownerReferences: [controllerReference(owner)],
    },
    spec: { ...template.spec, ...pod.spec },
  });
  context.events.record({
    object: owner,
    type: 'Normal',
    reason: 'SuccessfulCreate',
    message: `Created pod: ${pod.name}`,
    source: options.source,
  });
  return created;
}

/** Asks the kubelet to end a pod, with the grace that the pod names. */
export function deletePod(
  context: ActorContext,
  pod: KubernetesObject,
  owner?: { object: KubernetesObject; source: string },
): void {
  const { namespace, name } = pod.metadata;
  context.store.delete(
    { group: '', kind: 'Pod', namespace, name },
    {
      gracePeriodSeconds: pod.spec?.nodeName
        ? pod.spec.terminationGracePeriodSeconds ?? 30
        : 0,
    },
  );
  if (!owner) return;
  context.events.record({
    object: owner.object,
    type: 'Normal',
    reason: 'SuccessfulDelete',
    message: `Deleted pod: ${name}`,
    source: owner.source,
  });
}
