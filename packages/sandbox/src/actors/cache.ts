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
export interface CacheChange {
  kind: string;
  current?: KubernetesObject;
  previous?: KubernetesObject;
}

export type CacheListener = (change: CacheChange) => void;

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

const values = (bucket?: Bucket) => [...(bucket?.values() ?? [])];

/** Kinds that no actor reads and that come in numbers. */
const UNREAD = new Set(['Event', 'Lease', 'ConfigMap', 'Secret']);

class StoreCache implements Cache {
  private readonly byKind = new Map<string, Bucket>();
  private readonly byNamespace = new Map<string, Bucket>();
  private readonly byOwner = new Map<string, Bucket>();
  private readonly byNode = new Map<string, Bucket>();
  private readonly listeners = new Set<CacheListener>();
  private readonly unsubscribe: () => void;

  constructor(
    store: ClusterStore,
    kinds: readonly { group: string; kind: string }[],
  ) {
    for (const { group, kind } of kinds) {
      for (const object of store.peekAll(group, kind)) {
        this.insert(kind, object);
      }
    }
    this.unsubscribe = store.onChange(({ type, object }) =>
      this.take(object, type === 'DELETED'),
    );
  }

  get(kind: string, namespace: string | undefined, name: string) {
    return this.byKind.get(kind)?.get(`${namespace ?? ''}/${name}`);
  }

  list(kind: string, namespace?: string) {
    return namespace === undefined
      ? values(this.byKind.get(kind))
      : values(this.byNamespace.get(`${kind}/${namespace}`));
  }

  owned(kind: string, uid: string) {
    return values(this.byOwner.get(`${kind}/${uid}`));
  }

  podsOn(node: string) {
    return values(this.byNode.get(node));
  }

  subscribe(listener: CacheListener) {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  close() {
    this.unsubscribe();
    this.listeners.clear();
  }

  private take(object: KubernetesObject, isGone: boolean) {
    const { kind } = object;
    if (UNREAD.has(kind)) return;
    const previous = this.byKind.get(kind)?.get(nameOf(object));
    if (previous) this.remove(kind, previous);
    const current = isGone ? undefined : object;
    if (current) this.insert(kind, current);
    for (const listener of [...this.listeners]) {
      listener({ kind, current, previous });
    }
  }

  private remove(kind: string, object: KubernetesObject) {
    const name = nameOf(object);
    drop(this.byKind, kind, name);
    drop(this.byNamespace, `${kind}/${object.metadata.namespace ?? ''}`, name);
    const owner = controllerOf(object);
    if (owner) drop(this.byOwner, `${kind}/${owner.uid}`, name);
    if (kind === 'Pod' && object.spec?.nodeName) {
      drop(this.byNode, object.spec.nodeName, name);
    }
  }

  private insert(kind: string, object: KubernetesObject) {
    const name = nameOf(object);
    bucketOf(this.byKind, kind).set(name, object);
    const namespace = object.metadata.namespace ?? '';
    bucketOf(this.byNamespace, `${kind}/${namespace}`).set(name, object);
    const owner = controllerOf(object);
    if (owner) bucketOf(this.byOwner, `${kind}/${owner.uid}`).set(name, object);
    if (kind === 'Pod' && object.spec?.nodeName) {
      bucketOf(this.byNode, object.spec.nodeName).set(name, object);
    }
  }
}

/** Follows `store` from now on; what stands in it before is read once from `kinds`. */
export function createCache(
  store: ClusterStore,
  kinds: readonly { group: string; kind: string }[],
): Cache {
  return new StoreCache(store, kinds);
}
