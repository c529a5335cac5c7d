import {
  ClusterWrite,
  KindStateWrite,
  Lease,
  ScopeStore,
  Transition,
} from '../../model/types';
import { Metrics } from '../../metrics/createMetrics';
import { Clock } from '../../model/time';
import { QueuedItem } from './types';

/** While the database is away, history of so many items is kept. */
const maxHeldTransitions = 10_000;

interface Queued {
  write: QueuedItem | 'removed';
  transitions: Transition[];
}

/**
 * Collects what changed and writes it in batches. What could not be written stays and is joined by what comes; an item
 * and its transitions are never parted.
 */
export class BatchWriter {
  readonly #store: ScopeStore;
  readonly #lease: Lease;
  readonly #clock: Clock;
  readonly #metrics: Metrics;
  readonly #onWritten: (change: {
    revision: number;
    entityRefs: string[];
  }) => void;
  #items = new Map<string, Queued>();
  #kindStates = new Map<string, KindStateWrite>();
  #cluster: ClusterWrite | undefined;
  #heldTransitions = 0;
  /** Transitions that were given up because the database was away for too long. */
  lost = 0;

  constructor(options: {
    store: ScopeStore;
    lease: Lease;
    clock: Clock;
    metrics: Metrics;
    onWritten(change: { revision: number; entityRefs: string[] }): void;
  }) {
    this.#store = options.store;
    this.#lease = options.lease;
    this.#clock = options.clock;
    this.#metrics = options.metrics;
    this.#onWritten = options.onWritten;
  }

  get isEmpty(): boolean {
    return (
      this.#items.size === 0 && this.#kindStates.size === 0 && !this.#cluster
    );
  }

  item(queued: QueuedItem): void {
    const { id } = queued.item;
    this.#put(id, queued, queued.tracked.transitions);
  }

  removed(id: string, transitions: readonly Transition[]): void {
    this.#put(id, 'removed', transitions);
  }

  kindState(state: KindStateWrite): void {
    this.#kindStates.set(`${state.group}/${state.kind}`, state);
  }

  cluster(cluster: ClusterWrite): void {
    this.#cluster = cluster;
  }

  /** Writes everything that waits. @throws what the store throws; what is not written waits on */
  async flush(): Promise<void> {
    while (!this.isEmpty) {
      await this.#writeSome();
      await turn();
    }
  }

  #put(
    id: string,
    write: Queued['write'],
    transitions: readonly Transition[],
  ): void {
    const held = this.#items.get(id)?.transitions ?? [];
    const kept =
      this.#heldTransitions + transitions.length > maxHeldTransitions
        ? transitions.slice(-1)
        : transitions;
    this.lost += transitions.length - kept.length;
    this.#heldTransitions += kept.length;
    this.#items.set(id, { write, transitions: [...held, ...kept] });
  }

  async #writeSome(): Promise<void> {
    const taken = [...this.#items].slice(0, this.#store.batchSize);
    const kindStates = this.#kindStates;
    const cluster = this.#cluster;
    for (const [id] of taken) {
      this.#items.delete(id);
    }
    this.#kindStates = new Map();
    this.#cluster = undefined;
    const startedAt = this.#clock.now();
    try {
      const change = await this.#store.write(this.#lease, {
        items: taken.flatMap(([, { write }]) =>
          write === 'removed'
            ? []
            : [
                {
                  item: write.item,
                  history: write.tracked.history,
                  digest: write.tracked.digest,
                },
              ],
        ),
        removed: taken
          .filter(([, { write }]) => write === 'removed')
          .map(([id]) => id),
        transitions: taken.flatMap(([, { transitions }]) => transitions),
        kindStates: [...kindStates.values()],
        cluster,
      });
      this.#measure(taken, startedAt);
      this.#onWritten(change);
    } catch (error) {
      this.#restore(taken, kindStates, cluster);
      throw error;
    }
  }

  #measure(taken: readonly [string, Queued][], startedAt: number): void {
    const now = this.#clock.now();
    this.#metrics.storeWriteSeconds.observe((now - startedAt) / 1000);
    this.#metrics.itemsWritten.inc(taken.length);
    for (const [, { write, transitions }] of taken) {
      this.#heldTransitions -= transitions.length;
      if (write !== 'removed') {
        this.#metrics.eventToStoreSeconds.observe(
          Math.max(0, now - write.changedAt) / 1000,
        );
      }
    }
  }

  /** What was not written goes back; what came meanwhile is newer. */
  #restore(
    taken: readonly [string, Queued][],
    kindStates: ReadonlyMap<string, KindStateWrite>,
    cluster: ClusterWrite | undefined,
  ): void {
    const newer = this.#items;
    this.#items = new Map(taken);
    for (const [id, { write, transitions }] of newer) {
      const older = this.#items.get(id)?.transitions ?? [];
      this.#items.set(id, { write, transitions: [...older, ...transitions] });
    }
    this.#kindStates = new Map([...kindStates, ...this.#kindStates]);
    this.#cluster ??= cluster;
  }
}

/** Lets the event loop turn: a store in this process may answer without. */
async function turn(): Promise<void> {
  await new Promise<void>(resolve => {
    setImmediate(resolve);
  });
}
