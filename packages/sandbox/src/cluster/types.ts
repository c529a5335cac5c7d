/** A member of an object that only its controller knows the shape of: absent, or anything that JSON can hold. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Opaque = any;

/** A Kubernetes object as it stands in the API: everything beyond the common head is opaque to the store. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: Record<string, Opaque>;
  status?: Record<string, Opaque>;
  [field: string]: Opaque;
}

/** `ObjectMeta` of meta/v1, as far as the sandbox reads it. Times are RFC 3339 in UTC. */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
  managedFields?: unknown[];
  generateName?: string;
}

/** `OwnerReference` of meta/v1. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** A served resource: what `kubectl api-resources` lists. `group` is empty for the core group. */
export interface ResourceType {
  group: string;
  version: string;
  kind: string;
  plural: string;
  singular: string;
  shortNames: string[];
  categories: string[];
  namespaced: boolean;
  subresources: string[];
}

/** Names one object of one kind. */
export interface ObjectKey {
  group: string;
  kind: string;
  namespace?: string;
  name: string;
}

/** What happened to an object; `resourceVersion` of the object is that of the event. */
export interface StoreEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubernetesObject;
}

/**
 * The state of one cluster, with one resource version counter, as etcd has.
 *
 * Objects that go in and out are copies: neither side may see the other's later changes. `create` and `update` throw a
 * `StatusError` (409 AlreadyExists, 409 Conflict, 404 NotFound, 422 Invalid) exactly as the API server would. `update`
 * with `status` changes only the status (and never the generation); without it changes everything but the status and
 * raises the generation when the spec changed. Writing what is there already changes nothing and emits nothing.
 */
export interface ObjectStore {
  get(key: ObjectKey): KubernetesObject | undefined;
  list(group: string, kind: string, namespace?: string): KubernetesObject[];
  create(object: KubernetesObject): KubernetesObject;
  update(
    object: KubernetesObject,
    options?: { status?: boolean },
  ): KubernetesObject;
  /** Read, change, write: for actors, who never conflict with themselves. Missing objects are left alone. */
  modify(
    key: ObjectKey,
    change: (object: KubernetesObject) => void,
    options?: { status?: boolean },
  ): void;
  /** Sets `deletionTimestamp` while finalizers or a grace period hold, else removes; owned objects follow. */
  delete(key: ObjectKey, options?: { gracePeriodSeconds?: number }): void;
  /** Called synchronously after each change, in order. Returns how to stop. */
  subscribe(listener: (event: StoreEvent) => void): () => void;
}

/** Time and timers of one sandbox; tests drive it, `yarn sandbox` lets it run. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `task` once after `delayMs`; returns how to cancel. */
  after(delayMs: number, task: () => void): () => void;
}
