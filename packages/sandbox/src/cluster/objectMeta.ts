import { equalJson } from './json';
import { groupOf, kindKey } from './keys';
import type { KubernetesObject, ResourceType } from './types';

// The strategies of these kinds never set metadata.generation (k8s.io/kubernetes/pkg/registry).
const WITHOUT_GENERATION = new Set([
  '/ConfigMap',
  '/Endpoints',
  '/Event',
  '/LimitRange',
  '/Namespace',
  '/Node',
  '/PersistentVolume',
  '/PersistentVolumeClaim',
  '/ResourceQuota',
  '/Secret',
  '/Service',
  '/ServiceAccount',
  'apps/ControllerRevision',
  'autoscaling/HorizontalPodAutoscaler',
  'coordination.k8s.io/Lease',
  'storage.k8s.io/StorageClass',
]);

export function hasGeneration(object: KubernetesObject): boolean {
  return !WITHOUT_GENERATION.has(
    kindKey(groupOf(object.apiVersion), object.kind),
  );
}

export function hasStatusSubresource(type: ResourceType): boolean {
  return type.subresources.includes('status');
}

/** Everything that a person may ask for: the object without its head and its status. */
function desired(object: KubernetesObject): Record<string, unknown> {
  const { apiVersion, kind, metadata, status, ...rest } = object;
  return rest;
}

/**
 * What `existing` becomes when `incoming` is written. The two are not changed; members of the result may be shared with
 * `incoming`.
 */
export function mergeUpdate(options: {
  existing: KubernetesObject;
  incoming: KubernetesObject;
  type: ResourceType;
  status: boolean;
}): KubernetesObject {
  const { existing, incoming, type, status } = options;
  if (status) {
    const { status: _, ...kept } = existing;
    return incoming.status === undefined
      ? { ...kept, metadata: { ...existing.metadata } }
      : {
          ...kept,
          metadata: { ...existing.metadata },
          status: incoming.status,
        };
  }
  const old = existing.metadata;
  const next: KubernetesObject = {
    ...incoming,
    metadata: {
      ...incoming.metadata,
      name: old.name,
      namespace: old.namespace,
      uid: old.uid,
      generateName: old.generateName,
      resourceVersion: old.resourceVersion,
      generation: old.generation,
      creationTimestamp: old.creationTimestamp,
      deletionTimestamp: old.deletionTimestamp,
      deletionGracePeriodSeconds: old.deletionGracePeriodSeconds,
    },
  };
  if (hasStatusSubresource(type)) next.status = existing.status;
  const changed = !equalJson(desired(next), desired(existing));
  if (changed && hasGeneration(next)) {
    next.metadata.generation = (old.generation ?? 0) + 1;
  }
  return next;
}

/** Whether nothing keeps a deleted object any longer. */
export function isReleased(object: KubernetesObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } =
    object.metadata;
  return (
    deletionTimestamp !== undefined &&
    !deletionGracePeriodSeconds &&
    !finalizers?.length
  );
}

/** Seconds a deleted object may still take: only a pod that a node runs needs any. */
export function gracePeriodOf(
  object: KubernetesObject,
  requested: number | undefined,
): number {
  if (object.kind !== 'Pod' || groupOf(object.apiVersion) !== '') return 0;
  const phase = object.status?.phase;
  if (!object.spec?.nodeName || phase === 'Succeeded' || phase === 'Failed') {
    return 0;
  }
  return requested ?? object.spec.terminationGracePeriodSeconds ?? 30;
}
