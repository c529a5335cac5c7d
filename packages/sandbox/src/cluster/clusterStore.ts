import type { ChangeEvent } from './history';
import type { KubernetesObject, ObjectKey, ObjectStore } from './types';

/** `propagationPolicy` of DeleteOptions. */
export type Propagation = 'Background' | 'Foreground' | 'Orphan';

export interface DeleteOptions {
  gracePeriodSeconds?: number;
  /** What becomes of owned objects; they follow in the background unless told otherwise. */
  propagation?: Propagation;
  /** Fails with 409 unless the object still is this one. */
  preconditions?: { uid?: string; resourceVersion?: string };
  /** Checks and answers, but changes nothing. */
  dryRun?: boolean;
}

/**
 * What the API server needs of a store beyond what actors need. The objects that `peek`, `peekAll`, `watchFrom` and
 * `onChange` hand out are the store's own: they never change, and nobody may change them.
 */
export interface ClusterStore extends ObjectStore {
  create(
    object: KubernetesObject,
    options?: { dryRun?: boolean },
  ): KubernetesObject;
  update(
    object: KubernetesObject,
    options?: { status?: boolean; dryRun?: boolean },
  ): KubernetesObject;
  delete(key: ObjectKey, options?: DeleteOptions): void;
  peek(key: ObjectKey): KubernetesObject | undefined;
  /** Sorted by namespace and name. */
  peekAll(group: string, kind: string, namespace?: string): KubernetesObject[];
  resourceVersion(): number;
  /**
   * Changes of one kind after a resource version, oldest first; throws 410 Expired when they are no longer all known.
   */
  changesAfter(
    kind: { group: string; kind: string },
    resourceVersion: number,
  ): ChangeEvent[];
  onChange(listener: (event: ChangeEvent) => void): () => void;
}
