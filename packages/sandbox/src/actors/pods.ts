import type { KubernetesObject } from '../cluster/types';
import { findCondition, isTrue } from './conditions';
import { millis } from './time';

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

/** Hashes of the templates of workloads, made once per generation. */
export interface TemplateHashes {
  of(workload: KubernetesObject): string;
  forget(key: { namespace?: string; name: string }): void;
}

export function createTemplateHashes(): TemplateHashes {
  const known = new Map<string, { version: string; hash: string }>();
  const nameOf = (key: { namespace?: string; name: string }) =>
    `${key.namespace}/${key.name}`;
  return {
    of({ metadata, spec }) {
      const version = `${metadata.uid} ${metadata.generation}`;
      const earlier = known.get(nameOf(metadata));
      if (earlier?.version === version) return earlier.hash;
      const hash = templateHash(spec?.template);
      known.set(nameOf(metadata), { version, hash });
      return hash;
    },
    forget(key) {
      known.delete(nameOf(key));
    },
  };
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
