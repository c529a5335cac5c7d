import type { DeleteOptions } from './clusterStore';
import { cloneJson } from './json';
import { formatTime, groupOf } from './keys';
import { gracePeriodOf, isReleased } from './objectMeta';
import type { KubernetesObject } from './types';

const FOREGROUND = 'foregroundDeletion';

/** What deletion does to a store. */
export interface DeletionTarget {
  replace(object: KubernetesObject): void;
  remove(object: KubernetesObject): void;
  /** Deletes with the kind's own grace period; nothing when it is gone already. */
  delete(object: KubernetesObject): void;
  dependents(uid: string): KubernetesObject[];
  byUid(uid: string): KubernetesObject | undefined;
  inNamespace(namespace: string): KubernetesObject[];
  namespace(name: string): KubernetesObject | undefined;
}

function isNamespace(object: KubernetesObject): boolean {
  return object.kind === 'Namespace' && groupOf(object.apiVersion) === '';
}

function isOwnedBy(object: KubernetesObject, uid: string): boolean {
  return (object.metadata.ownerReferences ?? []).some(
    owner => owner.uid === uid,
  );
}

function dropOwner(
  object: KubernetesObject,
  uid: string,
  target: DeletionTarget,
): void {
  const next = cloneJson(object);
  const owners = (next.metadata.ownerReferences ?? []).filter(
    owner => owner.uid !== uid,
  );
  next.metadata.ownerReferences = owners.length ? owners : undefined;
  target.replace(cloneJson(next));
}

/** The object as it stands while finalizers or a grace period keep it. */
function markDeleted(options: {
  object: KubernetesObject;
  grace: number;
  foreground: boolean;
  now: number;
}): KubernetesObject {
  const { object, grace, foreground, now } = options;
  const next = cloneJson(object);
  const { metadata } = next;
  const shorter =
    metadata.deletionTimestamp === undefined ||
    grace < (metadata.deletionGracePeriodSeconds ?? 0);
  if (shorter) {
    metadata.deletionTimestamp = formatTime(now + grace * 1000);
    metadata.deletionGracePeriodSeconds = grace;
  }
  if (foreground && !metadata.finalizers?.includes(FOREGROUND)) {
    metadata.finalizers = [...(metadata.finalizers ?? []), FOREGROUND];
  }
  if (isNamespace(next)) {
    next.status = { ...next.status, phase: 'Terminating' };
  }
  return next;
}

/** Takes an object away, or marks it until its finalizers, its node, its dependents or its content let go. */
export function startDeletion(options: {
  object: KubernetesObject;
  options: DeleteOptions;
  now: number;
  target: DeletionTarget;
}): void {
  const { object, now, target } = options;
  const { gracePeriodSeconds, propagation } = options.options;
  const uid = object.metadata.uid ?? '';
  const dependents = target.dependents(uid);
  if (propagation === 'Orphan') {
    for (const dependent of dependents) dropOwner(dependent, uid, target);
  }
  const foreground = propagation === 'Foreground' && dependents.length > 0;
  const grace = gracePeriodOf(object, gracePeriodSeconds);
  const marked = markDeleted({ object, grace, foreground, now });
  const content = isNamespace(object)
    ? target.inNamespace(object.metadata.name)
    : [];
  if (isReleased(marked) && content.length === 0) {
    target.remove(object);
    return;
  }
  const before = object.metadata;
  const after = marked.metadata;
  if (
    before.deletionTimestamp !== after.deletionTimestamp ||
    before.finalizers?.length !== after.finalizers?.length
  ) {
    target.replace(marked);
  }
  for (const dependent of foreground ? dependents : content) {
    target.delete(dependent);
  }
}

/** What follows from an object that is gone: its dependents, a waiting owner, a namespace that is empty now. */
export function collectGarbage(
  removed: KubernetesObject,
  target: DeletionTarget,
): void {
  const uid = removed.metadata.uid ?? '';
  for (const dependent of target.dependents(uid)) {
    const current = target.byUid(dependent.metadata.uid ?? '');
    if (!current || !isOwnedBy(current, uid)) continue;
    const others = (current.metadata.ownerReferences ?? []).filter(
      owner => owner.uid !== uid && target.byUid(owner.uid),
    );
    if (others.length) {
      dropOwner(current, uid, target);
    } else if (current.metadata.deletionTimestamp === undefined) {
      target.delete(current);
    }
  }
  for (const reference of removed.metadata.ownerReferences ?? []) {
    releaseOwner(reference.uid, target);
  }
  releaseNamespace(removed.metadata.namespace, target);
}

function releaseOwner(uid: string, target: DeletionTarget): void {
  const owner = target.byUid(uid);
  if (!owner?.metadata.finalizers?.includes(FOREGROUND)) return;
  if (target.dependents(uid).length) return;
  const next = cloneJson(owner);
  next.metadata.finalizers = next.metadata.finalizers?.filter(
    finalizer => finalizer !== FOREGROUND,
  );
  if (isReleased(next)) {
    target.remove(next);
  } else {
    target.replace(next);
  }
}

function releaseNamespace(
  name: string | undefined,
  target: DeletionTarget,
): void {
  const namespace = name === undefined ? undefined : target.namespace(name);
  if (!namespace?.metadata.deletionTimestamp) return;
  if (target.inNamespace(namespace.metadata.name).length) return;
  if (isReleased(namespace)) target.remove(namespace);
}
