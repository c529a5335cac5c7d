import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ClusterState,
  KindState,
  Verdict,
} from '@day2ops/backstage-plugin-day2-common';
import {
  ClusterGateway,
  JudgeContext,
  Judgement,
  KindDefinition,
  KindName,
  ObjectRecord,
  RecordLookup,
} from '@day2ops/backstage-plugin-day2-node';
import { Metrics } from '../../metrics/createMetrics';
import { Clock } from '../../model/time';
import {
  Correlator,
  JudgedItem,
  Lease,
  ScopeStore,
  StoredItem,
  Transition,
} from '../../model/types';
import { Tracked, TrackOptions } from '../../history/track';

/** A source that is switched on: kinds to watch, and its settings. */
export interface EngineSource {
  source: {
    id: string;
    kinds: readonly KindDefinition[];
  };
  settings: Readonly<Record<string, unknown>>;
}

/** What a verdict of a whole cluster is made from. */
export interface ClusterFacts {
  now: number;
  state: ClusterState;
  /** When the state began. */
  since: number;
  /** Why it cannot be seen, as the transport says it. */
  message: string | undefined;
  /** Of the API server, for example `v1.34.1`. */
  version: string | undefined;
  kinds: readonly { kind: KindName; state: KindState }[];
  lookup: RecordLookup;
}

/** Rules, history and joins, as the engine calls them: it knows none of them. */
export interface EngineRules {
  judge(
    definition: KindDefinition,
    record: ObjectRecord,
    context: JudgeContext,
  ): Judgement;
  judgeCluster(facts: ClusterFacts): Verdict;
  track(options: TrackOptions): Tracked;
  trackRemoval(options: {
    previous: StoredItem;
    now: number;
    late: boolean;
  }): Transition;
}

/** Clusters that are listed, on all replicas. */
export interface ClusterRegistry {
  /**
   * Writes a row for each, with title and environment, and keeps what collectors write. Rows of clusters that are no
   * longer listed go. `unreadable` says why a cluster has no collector: it needs a browser's token.
   */
  list(
    clusters: readonly {
      name: string;
      title: string | undefined;
      unreadable: string | undefined;
    }[],
  ): Promise<void>;
  /** Another listed cluster, before this one by name, that has this UID. */
  otherNameOf(options: {
    name: string;
    uid: string;
  }): Promise<string | undefined>;
}

export interface CollectorOptions {
  cluster: string;
  lease: Lease;
  gateway: ClusterGateway;
  sources: readonly EngineSource[];
  store: ScopeStore;
  registry: Pick<ClusterRegistry, 'otherNameOf'>;
  correlator: Correlator;
  rules: EngineRules;
  /** How long a better verdict must hold, ms. */
  holdMs: number;
  clock: Clock;
  random(): number;
  logger: LoggerService;
  metrics: Metrics;
  /** After each commit. */
  onWritten(change: { revision: number; entityRefs: string[] }): void;
  /** The scope belongs to somebody else: this collector is dead. */
  onLeaseLost(): void;
}

/** A judged item on its way to the store. */
export interface QueuedItem {
  item: JudgedItem;
  tracked: Tracked;
  changedAt: number;
}
