import type { ClusterStore } from '../cluster/clusterStore';
import type { KubernetesObject } from '../cluster/types';

/**
 * An index of a store for its actors: by kind, by controlling owner, by node. Objects that it hands out are shared;
 * who wants to change one goes through the store.
 */
export interface Cache {
  get(
    kind: string,
    namespace: string | undefined,
    name: string,
  ): KubernetesObject | undefined;
  list(kind: string, namespace?: string): KubernetesObject[];
  /** Objects of `kind` whose controller is the object with `uid`. */
  owned(kind: string, uid: string): KubernetesObject[];
  /** Pods bound to a node. */
  podsOn(node: string): KubernetesObject[];
  /** Called after the index took a change. Returns how to stop. */
  subscribe(listener: CacheListener): () => void;
  close(): void;
}

/** `previous` is the object before the change; `current` is absent once it is gone. */
export type CacheListener = (change: {
  kind: string;
  current?: KubernetesObject;
  previous?: KubernetesObject;
}) => void;

type Bucket = Map<string, KubernetesObject>;

/** The uid of the owner that controls an object. */
export function controllerOf(object: KubernetesObject) {
  return object.metadata.ownerReferences?.find(owner => owner.controller);
}

function nameOf(object: KubernetesObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

function bucketOf(index: Map<string, Bucket>, key: string): Bucket {
  let bucket = index.get(key);
  if (!bucket) {
    bucket = new Map();
    index.set(key, bucket);
  }
  return bucket;
}

function drop(index: Map<string, Bucket>, key: string, name: string) {
  const bucket = index.get(key);
  bucket?.delete(name);
  if (bucket?.size === 0) index.delete(key);
}

/** Kinds that no actor reads and that come in numbers. */
const UNREAD = new Set(['Event', 'Lease', 'ConfigMap', 'Secret']);

/** Follows `store` from now on; what stands in it before is read once from `kinds`. */
export function createCache(
  store: ClusterStore,
  kinds: readonly { group: string; kind: string }[],
): Cache {
  const byKind = new Map<string, Bucket>();
  const byNamespace = new Map<string, Bucket>();
  const byOwner = new Map<string, Bucket>();
  const byNode = new Map<string, Bucket>();
  const listeners = new Set<CacheListener>();

  const remove = (kind: string, object: KubernetesObject) => {
    const name = nameOf(object);
    drop(byKind, kind, name);
    drop(byNamespace, `${kind}/${object.metadata.namespace ?? ''}`, name);
    const owner = controllerOf(object);
    if (owner) drop(byOwner, `${kind}/${owner.uid}`, name);
    if (kind === 'Pod' && object.spec?.nodeName) {
      drop(byNode, object.spec.nodeName, name);
    }
  };
  const insert = (kind: string, object: KubernetesObject) => {
    const name = nameOf(object);
    bucketOf(byKind, kind).set(name, object);
    const namespace = object.metadata.namespace ?? '';
    bucketOf(byNamespace, `${kind}/${namespace}`).set(name, object);
    const owner = controllerOf(object);
    if (owner) bucketOf(byOwner, `${kind}/${owner.uid}`).set(name, object);
    if (kind === 'Pod' && object.spec?.nodeName) {
      bucketOf(byNode, object.spec.nodeName).set(name, object);
    }
  };

  for (const { group, kind } of kinds) {
    for (const object of store.peekAll(group, kind)) insert(kind, object);
  }
  const unsubscribe = store.onChange(({ type, object }) => {
    const { kind } = object;
    if (UNREAD.has(kind)) return;
    const previous = byKind.get(kind)?.get(nameOf(object));
    if (previous) remove(kind, previous);
    const current = type === 'DELETED' ? undefined : object;
    if (current) insert(kind, current);
    for (const listener of [...listeners]) {
      listener({ kind, current, previous });
    }
  });

  const values = (bucket?: Bucket) => [...(bucket?.values() ?? [])];
  return {
    get: (kind, namespace, name) =>
      byKind.get(kind)?.get(`${namespace ?? ''}/${name}`),
    list: (kind, namespace) =>
      namespace === undefined
        ? values(byKind.get(kind))
        : values(byNamespace.get(`${kind}/${namespace}`)),
    owned: (kind, uid) => values(byOwner.get(`${kind}/${uid}`)),
    podsOn: node => values(byNode.get(node)),
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close() {
      unsubscribe();
      listeners.clear();
    },
  };
}
