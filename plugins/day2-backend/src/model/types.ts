import {
  Area,
  ClusterState,
  Evidence,
  KindState,
  Link,
  Proof,
  SinceSource,
  Verdict,
} from '@day2ops/backstage-plugin-day2-common';

/** Milliseconds since the epoch. */
export type Moment = number;

/** Why an item belongs to an entity. */
export interface EntityLink {
  /** Key of `entities`. */
  entityId: number;
  entityRef: string;
  proof: Proof;
  /** The namespace is not one that app-config allows this entity's owner. */
  unexpectedNamespace: boolean;
}

/** One judged thing, as a collector hands it to history and store. */
export interface JudgedItem {
  /** `itemId(...)`: hash of cluster UID, group, kind and object UID. */
  id: string;
  source: string;
  area: Area;
  cluster: string;
  clusterUid: string;
  environment: string;
  apiVersion: string;
  group: string;
  kind: string;
  namespace: string | undefined;
  name: string;
  uid: string;
  verdict: Verdict;
  /** When the verdict began as the object itself says. */
  objectSince: Moment | undefined;
  evidence: Evidence;
  revision: { id: string; label: string } | undefined;
  links: readonly Link[];
  entities: readonly EntityLink[];
}

/** Enough of a verdict to tell whether another is the same: health and reason. */
export type VerdictName = Pick<Verdict, 'health' | 'reason'>;

/** What history adds to a judged item: the columns that survive a restart. */
export interface ItemHistory {
  since: Moment;
  sinceSource: SinceSource;
  flapping: { times: number; since: Moment } | undefined;
  /** The verdict that history shows, where it is not the item's own: a better one has not held long enough. */
  recorded?: VerdictName;
  /** A better time that has not held yet: when it began, and the worst verdict within it. */
  pending?: { since: Moment; worst: Verdict };
}

/** A stored item as a collector loads it after start or take-over. */
export interface StoredItem extends ItemHistory {
  id: string;
  kind: string;
  group: string;
  verdict: Verdict;
  revision: { id: string; label: string } | undefined;
  /** Hash over what is written; equal hashes write nothing. */
  digest: string;
}

/** A change of an item's verdict, or of what runs, for the history. */
export interface Transition {
  itemId: string;
  at: Moment;
  from: VerdictName | undefined;
  /** Absent: the item is gone. */
  to: Verdict | undefined;
  observedLate: boolean;
  /** Deploy: what ran before and runs now. Absent for verdicts. */
  deploy?: { from: string | undefined; to: string };
  /** More than one: the item flapped, and this row stands for all. */
  times: number;
  /**
   * Flapping: the item fell back to what history shows. Raises `times` and `last_at` of its newest verdict row by one
   * instead of adding a row; adds one only when there is none.
   */
  raises?: boolean;
}

export interface ItemWrite {
  item: JudgedItem;
  history: ItemHistory;
  digest: string;
}

export interface KindStateWrite {
  source: string;
  group: string;
  kind: string;
  state: KindState;
  since: Moment;
  objects: number;
  quarantined: number;
  message: string | undefined;
}

/** The state of one cluster as its collector sees it. */
export interface ClusterWrite {
  uid: string | undefined;
  version: string | undefined;
  state: ClusterState;
  stateSince: Moment;
  verdict: Verdict;
  nextAttemptAt: Moment | undefined;
  warnings: readonly { reason: string; message: string }[];
  missingRules: string | undefined;
}

/** Everything that one transaction of a scope's writer holds. */
export interface ScopeBatch {
  items: readonly ItemWrite[];
  removed: readonly string[];
  transitions: readonly Transition[];
  kindStates: readonly KindStateWrite[];
  cluster: ClusterWrite | undefined;
}

/** Proof of holding a scope. */
export interface Lease {
  scope: string;
  holder: string;
  epoch: number;
}

/**
 * The store, as the collector of one scope sees it. Every write starts with the fence; a lost lease throws
 * `LeaseLostError` and writes nothing.
 */
export interface ScopeStore {
  /** How many items one batch should hold at most, so that a write holds the event loop for a few ms only. */
  readonly batchSize: number;
  load(lease: Lease): Promise<StoredItem[]>;
  /** Writes all or nothing; returns the scope's new revision and the entities whose services changed. */
  write(
    lease: Lease,
    batch: ScopeBatch,
  ): Promise<{ revision: number; entityRefs: string[] }>;
  /**
   * Says that the scope's cluster and these of its kinds (`Deployment.apps`) were heard of now, on the database's clock;
   * none for the cluster alone (its probe answered). A kind that others are folded into counts as heard of only when
   * they were too. Raises no revision.
   */
  contact(lease: Lease, kinds: readonly string[]): Promise<void>;
  /**
   * The cluster was re-created under its name, and `clusterUid` answers now: ends the history of every other UID and
   * forgets its items.
   */
  seal(lease: Lease, clusterUid: string): Promise<void>;
}

/** Leases over scopes; every statement runs alone, on the database's clock. */
export interface LeaseStore {
  /** Says that this replica lives. */
  heartbeat(replica: {
    id: string;
    roles: readonly string[];
    version: string;
  }): Promise<void>;
  /** Replicas heard of in the last 15 s that collect, with ms since they started. */
  replicas(): Promise<{ id: string; aliveMs: number }[]>;
  /** Takes a free or expired scope, else `undefined`. Raises the epoch. */
  acquire(scope: string, holder: string): Promise<Lease | undefined>;
  /** Extends by 15 s; false when it is no longer ours. */
  renew(lease: Lease): Promise<boolean>;
  release(lease: Lease): Promise<void>;
}

/** What correlation needs to know of an object. */
export interface CorrelationTarget {
  cluster: string;
  namespace: string | undefined;
  kind: string;
  name: string;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  /** Objects through which it belongs: owners, workloads behind an HPA, ... */
  through: readonly CorrelationTarget[];
}

/** Joins objects to entities, in memory, from the mirrored claims. */
export interface Correlator {
  links(target: CorrelationTarget): EntityLink[];
  /** Environment of an object: its label, its namespace's pattern, its cluster. */
  environment(target: CorrelationTarget): string;
  /**
   * Called after entities changed; `mayAffect` says for which objects links must be asked again. Returns how to stop.
   */
  subscribe(
    listener: (change: {
      mayAffect(target: CorrelationTarget): boolean;
    }) => void,
  ): () => void;
}
