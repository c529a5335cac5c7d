/**
 * An object as a cluster (or a file) gave it: anything may be missing or of another type than promised. Read it through
 * the helpers of `./read`, never by cast.
 *
 * @public
 */
export type UntrustedObject = Record<string, unknown>;

/**
 * Names a kind as Kubernetes does: `Deployment.apps`, `Pod`.
 *
 * @public
 */
export type KindName = string;

/** @public */
export interface OwnerReference {
  group: string;
  kind: string;
  name: string;
  uid: string;
  controller: boolean;
}

/**
 * What is kept of every object. Times are milliseconds since the epoch.
 *
 * @public
 */
export interface ObjectHead {
  apiVersion: string;
  group: string;
  kind: string;
  namespace: string | undefined;
  name: string;
  uid: string;
  generation: number | undefined;
  createdAt: number | undefined;
  deletedAt: number | undefined;
  deletionGraceSeconds: number | undefined;
  finalizers: number;
  /** Names of the first five, only while the object is being deleted. */
  finalizerNames?: readonly string[];
  /** Empty unless the kind keeps them. */
  labels: Readonly<Record<string, string>>;
  /** Only those that Day 2 or the kind names. */
  annotations: Readonly<Record<string, string>>;
  owners: readonly OwnerReference[];
}

/**
 * A pruned object: the head and the fields that its rule reads, nothing else.
 *
 * @public
 */
export interface ObjectRecord<F = unknown> {
  readonly head: ObjectHead;
  readonly fields: F;
}

/**
 * Some objects: one by name, all of a kind in a namespace (no `name`), or all in the cluster (neither).
 *
 * @public
 */
export interface ObjectSelector {
  kind: KindName;
  namespace?: string;
  name?: string;
}

/**
 * How a kind can be read in the cluster at hand.
 *
 * @public
 */
export type KindReadability = 'synced' | 'pending' | 'forbidden' | 'absent';

/**
 * What a rule may look at besides its own record: everything of the same cluster that Day 2 keeps, by index, without
 * I/O.
 *
 * @public
 */
export interface RecordLookup {
  get<F = unknown>(
    kind: KindName,
    namespace: string | undefined,
    name: string,
  ): ObjectRecord<F> | undefined;
  byUid<F = unknown>(uid: string): ObjectRecord<F> | undefined;
  /** Records of `kind` that name this UID as an owner. */
  ownedBy<F = unknown>(kind: KindName, uid: string): ObjectRecord<F>[];
  inNamespace<F = unknown>(
    kind: KindName,
    namespace: string | undefined,
  ): Iterable<ObjectRecord<F>>;
  all<F = unknown>(kind: KindName): Iterable<ObjectRecord<F>>;
  readability(kind: KindName): KindReadability;
}
