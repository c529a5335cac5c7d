import type { Actors } from '../actors';
import { createActors, createAgingClock } from '../actors';
import { readLogs } from '../actors/kubelet/logs';
import type { ClusterUser } from '../cluster/access';
import type { SandboxCluster } from '../cluster/sandboxCluster';
import { createSandboxCluster } from '../cluster/sandboxCluster';
import type { Clock } from '../cluster/types';
import { hours } from './build';
import { HISTORY_MS, populate } from './populate';
import { createTaskRunActor } from './taskRunActor';
import type { Hand } from './trouble';
import { createHand } from './trouble';
import type { ClusterName } from './types';
import { CLUSTER_NAMES } from './types';

/** One cluster of the company with everything that lives in it. */
export interface CompanyCluster {
  readonly cluster: SandboxCluster;
  readonly actors: Actors;
  readonly hand: Hand;
}

/** The clusters of the company, already aged, on one clock. */
export interface Company {
  readonly clusters: Readonly<Record<ClusterName, CompanyCluster>>;
  /** Stops every actor and cancels every timer. */
  close(): void;
}

export interface CompanyOptions {
  clock: Clock;
  /** The same seed at the same time gives the same company. */
  seed: string | number;
  users?: readonly ClusterUser[];
  /** A defect of an actor; thrown on by default. */
  onError?: (actor: string, error: unknown) => void;
}

/** Makes the company as it stands at `clock.now()`: its past is played at once, its future on `clock`. */
export function createCompany(options: CompanyOptions): Company {
  const zero = options.clock.now();
  const closers: (() => void)[] = [];
  const open = (name: ClusterName): CompanyCluster => {
    const clock = createAgingClock({
      clock: options.clock,
      from: zero - HISTORY_MS,
      fineFrom: zero - hours(1),
    });
    const cluster = createSandboxCluster({
      name,
      clock,
      seed: options.seed,
      users: options.users ?? [],
      version: '1.33.4',
    });
    const { store } = cluster;
    const actors = createActors({
      store,
      clock,
      every: clock.every,
      seed: `${options.seed}/${name}`,
      eventsNotBefore: zero - hours(1),
      operators: [createTaskRunActor],
      onError: options.onError,
    });
    cluster.useLogs((pod, request) => readLogs(actors.context, pod, request));
    populate({ cluster: name, store, actors, clock, zero });
    closers.push(() => {
      actors.stop();
      cluster.close();
      clock.close();
    });
    return { cluster, actors, hand: createHand(store, actors) };
  };
  const [production, staging] = CLUSTER_NAMES.map(open);
  return {
    clusters: { production, staging },
    close() {
      for (const close of closers.splice(0)) close();
    },
  };
}
